/** What a QR's text leads to. */
export interface QrAddresses {
  /** Hosts of its web addresses, as a browser would call them: lower case, ASCII, no final dot. */
  readonly hosts: readonly string[];
  /** Written so that two programs may read two addresses, or no web address but acted upon by phones. */
  readonly deceptive: boolean;
}

/** Schemes that a phone acts upon and that no certificate app's QR has: scripts, files, payment, calls, other apps. */
const actedUpon = new Set(
  [
    'javascript vbscript data blob file filesystem about view-source intent market itms-apps itms-services',
    'tel sms smsto mms mmsto mailto geo wifi begin mecard otpauth ftp ftps ssh telnet',
    'weixin wxp wechat alipay alipays alipayqr upwallet unionpay mqqapi tenpay openapp taobao dingtalk',
  ]
    .join(' ')
    .split(' '),
);
const scheme = /^([a-z][a-z0-9+.-]*):/i;
const webAddress = /https?:|\bwss?:|\bwww\./i;
const knownEndings =
  'cn|com|net|org|cc|top|vip|xyz|io|me|info|biz|co|tk|ru|hk|tw|mobi|site|online|shop|club|app|link|ltd|ink|pro|wang';
/** An address without scheme, which some phones open too: a path or a port follows, or its ending is well known. */
const bareHost = new RegExp(
  String.raw`^(?:(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?=[/:])|(?:\d{1,3}\.){3}\d{1,3}(?=[/:])|(?:[a-z0-9-]{1,63}\.)+(?:${knownEndings})(?=[?#]|$))`,
  'i',
);
/** Controls, direction marks, characters without width, backslashes: what some readers drop and others do not. */
const unseen = /[\p{Cc}\p{Cf}\\]/u;
const mostPieces = 64;

/** Reads a QR's text as the many programs of phones might. Asks nobody, never throws. */
export function findQrAddresses(content: string): QrAddresses {
  const pieces = piecesOf(content);
  const readings = pieces.slice(0, mostPieces).flatMap(readPiece);
  return {
    hosts: [...new Set(readings.flatMap(({ hosts }) => hosts))],
    // Nobody writes so much but to hide something in it.
    deceptive: pieces.length > mostPieces || readings.some(({ deceptive }) => deceptive),
  };
}

/** Words of the text, or of every text in it where it is JSON; once more as a whole where something unseen parts them. */
function piecesOf(content: string): readonly string[] {
  const pieces = textsOf(content).flatMap((text) => {
    const trimmed = text.trim();
    // A browser joins what line breaks and tabs part in an address.
    const joined = trimmed.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
    return [...trimmed.split(/ +|\r?\n/), ...(joined === trimmed ? [] : joined.split(/ +/))];
  });
  return pieces.filter((piece) => piece !== '');
}

function textsOf(content: string): readonly string[] {
  if (!/^\s*[{[]/.test(content)) return [content];
  const texts: string[] = [];
  try {
    JSON.parse(content, (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    return texts;
  } catch {
    return [content];
  }
}

function readPiece(piece: string): readonly QrAddresses[] {
  if (/^(?:https?|wss?):/i.test(piece)) return [readWebAddress(piece)];
  if (piece.startsWith('//')) return [readWebAddress(`https:${piece}`)];
  const named = scheme.exec(piece.replaceAll(new RegExp(unseen, 'gu'), ''))?.[1]?.toLowerCase();
  if (named !== undefined && actedUpon.has(named)) return [{ hosts: [], deceptive: true }];
  if (bareHost.test(piece)) return [readWebAddress(`https://${piece}`)];
  return readCarried(unescaped(piece));
}

/** An app's own scheme, or a text: what counts are the web addresses that it carries. */
function readCarried(piece: string): readonly QrAddresses[] {
  if (!webAddress.test(piece)) return [];
  return piece
    .split(/(?=https?:)|(?=\bwss?:)|(?=\bwww\.)(?<!\/)/i)
    .filter((part) => webAddress.test(part))
    .map((part) => part.slice(part.search(webAddress)).split(/[&"'<>,;)|]/, 1)[0] ?? '')
    .map((part) => readWebAddress(/^(?:https?|wss?):/i.test(part) ? part : `https://${part}`));
}

function unescaped(piece: string): string {
  if (!/%3a/i.test(piece)) return piece;
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

function readWebAddress(address: string): QrAddresses {
  if (!URL.canParse(address)) return { hosts: [], deceptive: true };
  const host = new URL(address).hostname.replace(/\.$/, '');
  return { hosts: host === '' ? [] : [host], deceptive: host === '' || isDeceptive(address, host) };
}

/** True where a reader that follows RFC 3986, or a careless one, could come to another host than the browser's. */
function isDeceptive(address: string, host: string): boolean {
  const [, authority = '', rest = ''] = /^(?:https?|wss?):\/\/([^/?#\\]*)(.*)$/is.exec(address) ?? [];
  if (authority === '' || unseen.test(address) || /[@%]/.test(authority)) return true;
  if ((rest.split('/', 1)[0] ?? '').includes('@')) return true;
  const written = authority.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
  return written !== host && !host.includes('xn--');
}
