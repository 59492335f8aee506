import type { ComponentChildren, VNode } from 'preact';
import type { LastOutcome } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { ClientList } from '../ui/client-list.tsx';
import { LastResult } from './last-result.tsx';
import { SiteSection } from './site-section.tsx';
import { ToolLinks } from './tool-links.tsx';

/** What is there to say while no session waits. */
export function Overview(props: {
  client: BackgroundClient;
  lastOutcome: LastOutcome | undefined;
  /** What was found on pages, before the rest. */
  children: ComponentChildren;
}): VNode {
  return (
    <>
      {props.children}
      <SiteSection client={props.client} />
      {props.lastOutcome !== undefined && <LastResult outcome={props.lastOutcome} />}
      <ToolLinks />
      <ClientList client={props.client} />
    </>
  );
}
