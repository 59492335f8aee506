import { expectTypeOf, it } from 'vitest';
import type * as source from '../../../src/sdk/ca-bridge.ts';
import type * as published from '../../../src/sdk/public/ca-bridge.d.ts';

/** Checked by the compiler in the `types` check: a difference does not compile. */
it('the published types are those that the SDK is compiled from', () => {
  expectTypeOf<published.LoginToken>().toEqualTypeOf<source.LoginToken>();
  expectTypeOf<published.LoginParams>().toEqualTypeOf<source.LoginParams>();
  expectTypeOf<published.Capabilities>().toEqualTypeOf<source.Capabilities>();
  expectTypeOf<published.ErrorCode>().toEqualTypeOf<source.ErrorCode>();
  expectTypeOf<published.SessionState>().toEqualTypeOf<source.SessionState>();
  expectTypeOf<published.PlatformId>().toEqualTypeOf<source.PlatformId>();
  expectTypeOf<published.EncryptedFiles>().toEqualTypeOf<source.EncryptedFiles>();
  expectTypeOf<published.OpenedFiles>().toEqualTypeOf<source.OpenedFiles>();
  expectTypeOf<published.CallOptions>().toEqualTypeOf<source.CallOptions>();
  expectTypeOf<published.ConnectOptions>().toEqualTypeOf<source.ConnectOptions>();
  expectTypeOf<published.LoginToShow>().toEqualTypeOf<source.LoginToShow>();
  expectTypeOf<published.SiteFlow>().toEqualTypeOf<source.SiteFlow>();
  expectTypeOf<published.SiteState>().toEqualTypeOf<source.SiteState>();
  expectTypeOf<published.Bridge>().toEqualTypeOf<source.Bridge>();
});
