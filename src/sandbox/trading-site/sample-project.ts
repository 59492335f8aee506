/** The one project of the sandbox; it belongs to nobody. */
export const sampleProject = { id: 'ZJ-TEST-001', name: '湛江市测试道路改造工程施工招标' } as const;
