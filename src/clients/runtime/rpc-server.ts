import * as v from 'valibot';
import { CodedError } from '../../protocol/coded-error.ts';
import { countLimits } from '../../protocol/limits.ts';
import {
  nativeProtocolVersion,
  runtimeMethods,
  type HelloResult,
  type NativeRequest,
} from '../../protocol/native-messages.ts';
import { failureOf } from './failure-of.ts';
import type { Jobs, ClientMessage } from './jobs.ts';
import { decodeRequest, rpcFailure } from './json-rpc.ts';
import type { MethodHandler, MethodHandlers } from './method-handlers.ts';

/** What a client says of itself in answer to `hello`, beside the methods that it serves. */
export type ClientIdentity = Pick<HelloResult, 'kind' | 'version'>;

export interface RpcServer {
  /** Takes the body of one message; its one response follows at once or when its method has ended. */
  receive(body: Uint8Array): void;
  /** True once a `hello` has been answered. */
  isGreeted(): boolean;
}

export interface RpcServerOptions {
  readonly identity: ClientIdentity;
  /** Methods of the runtime beside `hello` and `cancel`. */
  readonly runtime: MethodHandlers;
  /** The client's own methods. */
  readonly client: MethodHandlers;
  readonly jobs: Jobs;
  readonly send: (message: ClientMessage) => void;
  /** Where files lie that a later process may take over. */
  readonly workspace?: Workspace;
  /** Called when the first `hello` is answered. */
  readonly onGreeted?: () => void;
}

/** What a process leaves when it is killed, and what it takes over of another. */
export interface Workspace {
  token(): string;
  /** Takes over what the process of this token left. Never rejects. */
  adopt(token: string): Promise<NonNullable<HelloResult['adopted']>>;
}

/** Serves `hello`, `cancel` and the methods given; refuses every other until `hello` has settled the version. */
export function createRpcServer({
  identity,
  runtime,
  client,
  jobs,
  send,
  workspace,
  onGreeted = () => undefined,
}: RpcServerOptions): RpcServer {
  const capabilities = ['cancel', ...Object.keys(runtime), ...Object.keys(client)];
  const hello: HelloResult = { protocol: nativeProtocolVersion, ...identity, capabilities };
  let stage: 'silent' | 'adopting' | 'greeted' = 'silent';

  const welcome = (id: number, adopted?: HelloResult['adopted']): ClientMessage => {
    const isFirst = stage !== 'greeted';
    stage = 'greeted';
    if (isFirst) onGreeted();
    const place = workspace === undefined ? {} : { workspace: workspace.token() };
    return { jsonrpc: '2.0', id, result: { ...hello, ...place, ...(adopted && { adopted }) } };
  };
  const greet = ({ id, params }: NativeRequest): ClientMessage | undefined => {
    const known = v.safeParse(runtimeMethods.hello.params, params);
    if (!known.success) return rpcFailure(id, 'invalidParams');
    const { protocol, adopt } = known.output;
    if (protocol !== nativeProtocolVersion) return rpcFailure(id, 'protocolVersion');
    if (stage === 'adopting') return rpcFailure(id, 'helloFirst');
    if (adopt === undefined || stage === 'greeted') return welcome(id);
    stage = 'adopting';
    void (workspace?.adopt(adopt) ?? Promise.resolve([])).then((adopted) => send(welcome(id, adopted)));
    return undefined;
  };
  const cancel = ({ id, params }: NativeRequest): ClientMessage => {
    const known = v.safeParse(runtimeMethods.cancel.params, params);
    if (!known.success) return rpcFailure(id, 'invalidParams');
    jobs.cancel(known.output.id);
    return { jsonrpc: '2.0', id, result: {} };
  };
  const start = ({ id, method, params }: NativeRequest): ClientMessage | undefined => {
    const ofRuntime = ownHandler(runtime, method);
    const handler = ofRuntime ?? ownHandler(client, method);
    if (handler === undefined) return rpcFailure(id, 'methodNotFound');
    if (jobs.unanswered() >= countLimits.clientRequests) {
      return failureOf(id, new CodedError('CLIENT_BUSY'));
    }
    const known = v.safeParse(handler.params, params);
    if (!known.success) return rpcFailure(id, 'invalidParams');
    const job = { id, method, params: known.output, handler };
    if (ofRuntime !== undefined || handler.brief === true) jobs.startBrief(job);
    else jobs.start(job);
    return undefined;
  };
  const serve = (request: NativeRequest): ClientMessage | undefined => {
    if (request.method === 'hello') return greet(request);
    if (stage !== 'greeted') return rpcFailure(request.id, 'helloFirst');
    // An answer under this id would be taken for that of the request that has it.
    if (jobs.isUnanswered(request.id)) return rpcFailure(null, 'invalidRequest');
    return request.method === 'cancel' ? cancel(request) : start(request);
  };

  return {
    receive(body) {
      const request = decodeRequest(body);
      const answer = 'error' in request ? request : serve(request);
      if (answer !== undefined) send(answer);
    },
    isGreeted: () => stage === 'greeted',
  };
}

function ownHandler(handlers: MethodHandlers, method: string): MethodHandler | undefined {
  return Object.hasOwn(handlers, method) ? handlers[method] : undefined;
}
