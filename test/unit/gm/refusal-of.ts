/** Name and reason of the error that `action` throws, as `Sm2Error: pointOffCurve`; undefined when it throws none. */
export function refusalOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'reason' in error) return `${error.name}: ${String(error.reason)}`;
    throw error;
  }
}
