/** Figures of the peers: sizes of their published builds, times as their sources bound them. */
export const peers = {
  contentScriptGzip: 'Web eID 2.5.0: 12.3 kB, every frame of every page; Signify: 97 kB, every https page',
  contentScriptRaw: 'Web eID 2.5.0: 69.4 kB; Signify: 314.6 kB',
  sdkGzip:
    'web-eid.js 2.1.0-beta.2: 2.7 kB; Lacuna Web PKI 2.18.0: 20.3 kB; CryptoPro (crypto-pro-js): 24.5 kB; ' +
    'Fortify: 52.5 kB; Autofirma 1.10.1: 56.0 kB',
  sdkRaw: 'web-eid.js 2.1.0-beta.2: 8.9 kB; Lacuna Web PKI 2.18.0: 103.8 kB; Autofirma 1.10.1: 255.2 kB',
  namedSite: 'no figure published',
  otherSite: 'Web eID 2.5.0 and Signify run there too',
  present: 'Lacuna Web PKI: polls, 200 ms a round',
  absent: 'Web eID: 2,000 ms; Lacuna Web PKI: 5.2 s; CryptoPro: 20 s; Autofirma: 33 s',
  qr: 'none has a QR in the extension',
  phone: 'none has a phone confirmation',
} as const;
