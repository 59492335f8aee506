/**
 * The few globals that every runtime of ours has (browser page, worker, Node). Layers that may run anywhere
 * are compiled without DOM and Node types; they see these and nothing else of the platform.
 */
declare function btoa(data: string): string;
declare function atob(data: string): string;
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes?: Uint8Array): string;
}
