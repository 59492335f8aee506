/** GB/T 32918.5-2017, appendices A and C: curve sm2p256v1. Hexadecimal unless the name says otherwise. */
export const sm2Vector = {
  d: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  x: '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020',
  y: 'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  /** The nonce of both the signature and the encryption. */
  k: '59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21',
  signature: {
    text: 'message digest',
    Z: 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3',
    e: 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640',
    r: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
    s: 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  },
  encryption: {
    text: 'encryption standard',
    x1: '04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73',
    y1: 'e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0',
    C3: '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766',
    C2: '21886ca989ca9c7d58087307ca93092d651efa',
  },
} as const;
