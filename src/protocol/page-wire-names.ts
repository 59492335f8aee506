/** Names that content scripts need of the wires, apart from the schemas: the script has no room for these. */
export const pagePortName = 'ca-bridge-page';
/** Detector ⇄ background: `observed-prompts.ts`. */
export const detectorPortName = 'ca-bridge-detector';

export const pageMethods = [
  'capabilities',
  'login',
  'showLogin',
  'signMessage',
  'seal',
  'revokeSeal',
  'encrypt',
  'decrypt',
  'rehearse',
  'readiness',
] as const;

/** Of a window message that asks for the bridge. */
export const noncePattern = /^[\w-]{16,64}$/;
export const requestIdPattern = /^[\w-]{1,64}$/;
export const questionIdPattern = /^[\w-]{1,120}$/;

/** What a page that runs its platform's flow itself is asked; answers and parameters: `site-flow.ts`. */
export const siteQuestionNames = [
  'open',
  'state',
  'identity',
  'submit',
  'signatures',
  'envelopes',
  'keys',
  'cancel',
] as const;

export type SiteQuestion = (typeof siteQuestionNames)[number];
