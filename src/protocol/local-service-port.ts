/** Name of the port of a page's content script, when its calls go through the local-service bridge. */
export const localServicePortName = 'ca-bridge-local-service';
