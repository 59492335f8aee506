import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { countLimits } from '../../../protocol/limits.ts';
import { localServiceOrderSchema, type LocalServiceNews } from '../../../protocol/local-service-messages.ts';
import { logError } from '../log.ts';
import { openNativeClient } from '../native/native-client.ts';
import { permittedSites } from '../sites.ts';
import type { CarryingClient } from './carried-connection.ts';
import { createCarriedDocument, type CarriedDocument } from './carried-document.ts';
import { judgeLocalService, type CarriedPage } from './judge-local-service.ts';
import type { LocalServices } from './local-services.ts';
import { registerPageScripts } from './page-scripts.ts';

export interface LocalServicesParts {
  /** Origins of sites on which it is turned on. */
  readonly sites: () => readonly string[];
  /** Settles once managed policy is read: before that nobody knows all the sites. */
  readonly policyRead?: () => Promise<unknown>;
  readonly onChange: () => void;
}

/** What of the browser it uses; the real one unless a test says otherwise. */
export interface LocalServicesTools {
  readonly extensionId: () => string;
  /** Origins on which the browser lets the extension run. */
  readonly permittedSites: () => Promise<readonly string[]>;
  readonly registerPageScripts: (sites: readonly string[]) => Promise<void>;
  readonly openClient: (signal: AbortSignal) => Promise<CarryingClient>;
}

const ofBrowser: LocalServicesTools = {
  extensionId: () => browser.runtime.id,
  permittedSites,
  registerPageScripts,
  openClient: (signal) => openNativeClient('signature', { signal }),
};

interface Attached {
  readonly page: CarriedPage;
  readonly document: CarriedDocument;
  readonly end: () => void;
}

export function createLocalServices(
  { sites, policyRead = () => Promise.resolve(), onChange }: LocalServicesParts,
  tools: LocalServicesTools = ofBrowser,
): LocalServices {
  const attached = new Set<Attached>();
  /** One after the other: what was found last has to be registered last. */
  let refreshing: Promise<void> = Promise.resolve();
  let registered: string | undefined;

  const served = async (): Promise<readonly string[]> => {
    await policyRead();
    const permitted = await tools.permittedSites();
    return sites().filter((site) => permitted.includes(site));
  };
  const register = async (wanted: readonly string[]): Promise<void> => {
    const text = JSON.stringify(wanted);
    if (text === registered) return;
    registered = undefined;
    await tools.registerPageScripts(wanted);
    registered = text;
  };
  const apply = async (): Promise<void> => {
    const wanted = await served();
    for (const one of attached) if (!wanted.includes(one.page.origin)) one.end();
    await register(wanted);
  };

  /** Each document has a process of its own, and a page as many frames as it likes. */
  const hasRoom = ({ tabId }: CarriedPage) =>
    [...attached].filter(({ page }) => page.tabId === tabId).length < countLimits.localServiceDocuments;

  return {
    refresh() {
      refreshing = refreshing
        .then(apply)
        .catch((error: unknown) => logError('scripts-not-registered', error));
      return refreshing;
    },
    uses: () =>
      [...attached]
        .map(({ page, document }) => ({ ...page, addresses: document.addresses() }))
        .filter(({ addresses }) => addresses.length > 0),
    attach(sender, port) {
      let isOver = false;
      let one: Attached | undefined;
      const end = () => {
        isOver = true;
        if (one === undefined || !attached.delete(one)) return;
        one.document.end();
        onChange();
      };
      const refuse = () => {
        port.disconnect();
        end();
      };
      const post = (news: LocalServiceNews) => {
        try {
          if (!isOver) port.post(news);
        } catch {
          // The page has just gone; its disconnect says so next.
        }
      };
      const admit = async (): Promise<CarriedDocument | undefined> => {
        const page = judgeLocalService(sender, tools.extensionId(), await served());
        if (isOver) return undefined;
        if (page === undefined || !hasRoom(page)) {
          refuse();
          return undefined;
        }
        const { openClient } = tools;
        const document = createCarriedDocument({ openClient, post, onChange });
        one = { page, document, end: refuse };
        attached.add(one);
        return document;
      };
      const admitted = admit();
      admitted.catch(refuse);
      return {
        receive(message) {
          const order = v.safeParse(localServiceOrderSchema, message);
          if (!order.success) return refuse();
          void admitted.then((document) => isOver || document?.take(order.output));
        },
        end,
      };
    },
  };
}
