import * as v from 'valibot';
import {
  nativeProtocolVersion,
  nativeRequestSchema,
  type HelloResult,
  type NativeResponse,
} from '../../protocol/native-messages.ts';
import { decodeRequest, rpcFailure, type RpcRequest } from './json-rpc.ts';

/** What a client says of itself in answer to `hello`. */
export type ClientIdentity = Omit<HelloResult, 'protocol'>;

export interface RpcServer {
  /** The one response to the body of one message. */
  answer(body: Uint8Array): NativeResponse;
  /** True once a `hello` has been answered. */
  isGreeted(): boolean;
}

/** Serves the methods of `nativeRequestSchema`; refuses every other until `hello` has settled the version. */
export function createRpcServer(identity: ClientIdentity): RpcServer {
  const hello: HelloResult = { protocol: nativeProtocolVersion, ...identity };
  let greeted = false;

  const serve = (request: RpcRequest): NativeResponse => {
    const { id, method } = request;
    if (method !== 'hello') return rpcFailure(id, greeted ? 'methodNotFound' : 'helloFirst');
    const known = v.safeParse(nativeRequestSchema, request);
    if (!known.success) return rpcFailure(id, 'invalidParams');
    if (known.output.params.protocol !== nativeProtocolVersion) return rpcFailure(id, 'protocolVersion');
    greeted = true;
    return { jsonrpc: '2.0', id, result: hello };
  };

  return {
    answer(body) {
      const request = decodeRequest(body);
      return 'error' in request ? request : serve(request);
    },
    isGreeted: () => greeted,
  };
}
