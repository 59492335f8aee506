import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import { connectorMethods } from '../../protocol/connector-methods.ts';
import type { MethodParams } from '../../protocol/native-messages.ts';
import type { HandlersOf, MethodContext } from '../runtime/method-handlers.ts';
import { RpcRefusal } from '../runtime/rpc-refusal.ts';
import { acceptVendorSignature } from './accept-vendor-signature.ts';
import type { Connectors } from './connectors.ts';
import { readVendorCertificate } from './vendor-certificate.ts';

type VendorMethods = Pick<
  typeof connectorMethods,
  'vendor.probe' | 'vendor.list' | 'vendor.login' | 'vendor.sign'
>;

/** What both clients do with a vendor's local service. */
export function createVendorMethods(connectors: Connectors): HandlersOf<VendorMethods> {
  return {
    'vendor.probe': {
      params: connectorMethods['vendor.probe'].params,
      run: async ({ connector }, { signal }) => ({ version: await connectors[connector].probe(signal) }),
    },
    'vendor.list': {
      params: connectorMethods['vendor.list'].params,
      run: async ({ connector }, { signal }) => ({ keys: await connectors[connector].list(signal) }),
    },
    'vendor.login': {
      params: connectorMethods['vendor.login'].params,
      async run({ connector, key }, { signal }) {
        await connectors[connector].login(key, signal);
        return {};
      },
    },
    'vendor.sign': {
      params: connectorMethods['vendor.sign'].params,
      run: async (params, context) => ({ signatures: await sign(connectors, params, context) }),
    },
  };
}

async function sign(
  connectors: Connectors,
  { connector, key, certificate: encoded, contents }: MethodParams<VendorMethods, 'vendor.sign'>,
  { signal, progress }: MethodContext,
): Promise<string[]> {
  const certificate = readVendorCertificate(encoded);
  if (certificate === undefined) throw new CodedError('SIGNER_UNREADABLE');
  const signatures: string[] = [];
  for (const bytes of contents.map(readContent)) {
    const given = await connectors[connector].sign(key, bytes, signal);
    signatures.push(toBase64(acceptVendorSignature(given, bytes, certificate)));
    progress(signatures.length, contents.length);
  }
  return signatures;
}

function readContent(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    throw new RpcRefusal('invalidParams');
  }
}
