/** Milliseconds. Every wait of the bridge is bounded by one of these. */
export const timeLimits = {
  /** The SDK's answer to "is the bridge here?"; after it, `BRIDGE_NOT_INSTALLED`. */
  discovery: 400,
  /** The acknowledgement of a request: a worker that starts on a busy PC needs a second or more. */
  acknowledgement: 5_000,
  /** The user's choice of a platform. */
  consent: 180_000,
  /** Opening or renewing a session at the front server, retries included. */
  preparation: 15_000,
  /** A scan, where the platform gives no expiry of its own. */
  scan: 300_000,
  /** PIN and confirmation on the phone after the scan. */
  confirmation: 180_000,
  /** Fetching and checking the result of a confirmed session. */
  result: 15_000,
  /** Handing the result to the page. */
  delivery: 15_000,
  /** An expired QR waits this long for a renewal. */
  renewal: 120_000,
  /** One request from ask to answer, whatever happens in between. */
  session: 900_000,
  /** A page whose content script does not come back after the worker restarted counts as gone. */
  reattachment: 5_000,
  /** One HTTP exchange with a front server; a long-poll adds its own wait. */
  frontServerExchange: 8_000,
  /** How long the front server may hold an event request before it answers with none. */
  eventPoll: 20_000,
  /** A native client's answer to `hello`. */
  clientHello: 5_000,
  /** Handing documents to the client, which reads and digests them; 64 GiB on a slow disk take most of it. */
  reading: 600_000,
  /** The user's choice of seal and places. */
  arranging: 900_000,
  /** The client's preparation of what the phone signs. */
  signingPreparation: 300_000,
  /** Writing and checking the signed documents. */
  signedWriting: 600_000,
  /** Encrypting or opening all files of one request; 64 GiB on a slow disk take most of it. */
  bidWriting: 2_400_000,
  /** The user's choice of a place for files that do not go back to the page. */
  saving: 900_000,
  /** One request of a signing scene from ask to answer. */
  signingSession: 3_600_000,
  /** One request to encrypt or decrypt from ask to answer. */
  bidSession: 7_200_000,
  /** A native client that hears nothing for this long exits. */
  clientIdle: 300_000,
  /** Least time between two progress notifications of one request. */
  clientProgress: 100,
  /** A token of the loopback lane that nobody uses dies. */
  laneToken: 60_000,
  /** Finding out whether a vendor's local service is there, all addresses together. */
  vendorProbe: 5_000,
  /** One call of a vendor's local service that opens no window of its own. */
  vendorCall: 15_000,
  /** What a page answers to one question of the extension about its own flow (driver `site`). */
  siteAnswer: 30_000,
  /** The loopback lane cuts a peer that neither gives nor takes a byte for this long. */
  laneSilence: 10_000,
} as const;

/** Characters (UTF-16 units) unless the name says otherwise. */
export const sizeLimits = {
  challengeMin: 16,
  challengeMax: 1_024,
  requestId: 64,
  businessId: 64,
  origin: 262,
  errorMessage: 500,
  qrContent: 512,
  /** Text of a QR that a page drew: a QR of version 40 holds no more. */
  observedQrContent: 4_296,
  localServiceMessage: 720_000,
  base64Certificate: 8_192,
  base64Signature: 256,
  chainLength: 4,
  documentName: 255,
  keyword: 100,
  /** Bytes of one document: 64 GiB. */
  documentBytes: 68_719_476_736,
  /** Base64 of one seal (SESeal), picture included. */
  base64Seal: 700_000,
  /** Base64 of what the phone signs for one document: signed attributes, or TBS_Sign with its seal in it. */
  base64ToBeSigned: 720_000,
  /** Base64 of one request to the phone to open an envelope, or of its answer. */
  base64OpeningRequest: 20_000,
  base64WrappedKey: 1_024,
  /** A front server's answer with identity and seals, bytes. */
  identityAnswerBytes: 8_388_608,
  /** A front server's whole answer, bytes. */
  frontServerAnswerBytes: 65_536,
  /** Host to browser, bytes: the browser breaks the port above it. */
  nativeMessageToBrowserBytes: 1_048_576,
  /** Browser to host, bytes: what our clients accept; a seal, what the phone signs and the anchors fit in. */
  nativeMessageToClientBytes: 4_194_304,
  /** Bytes of a file in one `file.write` or `file.read`; as base64 they fit into either message. */
  fileChunkBytes: 524_288,
  /** All files of one client together, bytes: the largest document and what is made of it. */
  clientFilesBytes: 137_438_953_472,
} as const;

export const countLimits = {
  liveSessions: 8,
  /** Documents that one scan may sign. */
  documents: 20,
  /** Places of one seal in one document, as given; all pages and the page edge count as one. */
  sealPlaces: 100,
  /** Seals that a phone may offer. */
  seals: 10,
  trustAnchors: 50,
  /** Certificates to which one bid is encrypted: the bidder's and further ones. */
  recipients: 16,
  /** Requests that the user dismissed, per origin, within `dismissalWindowMs`, before the bridge refuses more. */
  dismissals: 3,
  dismissalWindowMs: 30_000,
  /** Files that one client keeps at a time. */
  clientFiles: 128,
  /** Unanswered `file.write` or `file.read` requests of one file. */
  fileCredit: 8,
  /** Methods other than `file.…` that run at a time in one client. */
  clientJobs: 4,
  /** Found prompts of all documents together. */
  prompts: 32,
  /** Certificates that a vendor's service may list. */
  vendorKeys: 32,
  localServiceConnections: 8,
  /** Documents of one tab whose calls the local-service bridge carries, each by a client of its own. */
  localServiceDocuments: 8,
  /** Texts in one `service.receive`. */
  localServiceMessages: 100,
  /** Unanswered requests to one client, of any kind. */
  clientRequests: 128,
} as const;
