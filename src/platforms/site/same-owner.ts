/** Second labels under which strangers register: the last three labels are an owner's there. */
const categories = new Set(['gov', 'com', 'org', 'net', 'edu', 'ac', 'mil']);
const topLevels = new Set(['cn', 'com', 'net', 'org']);
/** Domains whose customers are strangers to one another. */
const rented =
  /(?:^|\.)(?:aliyuncs|myqcloud|tencentcs|bcebos|qiniucdn|clouddn|sinaapp|vicp|oicp|xicp|gnway|iok|ngrok|amazonaws|azurewebsites|cloudfront|herokuapp|blogspot)\.(?:com|net|cn|la|io)$/;
const ipAddress = /^(?:\[.*\]|[\d.]+)$/;

/**
 * True where `host` belongs to whoever has `siteHost`: the same one, one beneath it, or one beneath the same
 * registered domain (`ca.zhanjiang.gov.cn` for `ggzy.zhanjiang.gov.cn`). Without the list of all public suffixes, so
 * only for endings that are known; an unknown one counts as a stranger's. Both in lower case, ASCII.
 */
export function hasSameOwner(host: string, siteHost: string): boolean {
  if (host === siteHost) return true;
  if (ipAddress.test(host) || ipAddress.test(siteHost)) return false;
  if (isBeneath(host, siteHost)) return true;
  const domain = registeredDomain(siteHost);
  return domain !== undefined && (host === domain || isBeneath(host, domain));
}

/** True for a subdomain of `domain`, at any depth. */
export function isBeneath(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && !ipAddress.test(domain);
}

function registeredDomain(host: string): string | undefined {
  const labels = host.split('.');
  const [second, top] = labels.slice(-2);
  if (second === undefined || top === undefined || !topLevels.has(top)) return undefined;
  // Two letters are a province (`gd.cn`) or a country's second level.
  const isShared = categories.has(second) || second.length <= 2;
  const domain = labels.slice(isShared ? -3 : -2);
  if (domain.length < (isShared ? 3 : 2) || rented.test(domain.join('.'))) return undefined;
  return domain.join('.');
}
