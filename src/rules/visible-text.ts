/** Elements whose text no reader sees, or that hold choices, or lead elsewhere. */
const silent =
  /^(?:script|style|noscript|template|canvas|video|audio|iframe|select|textarea|svg|nav|footer)$|(?:^|[\s_-])(?:menu|sidebar|breadcrumb)(?=$|[\s_-])|layui-nav(?:\s|$)/i;
/** Elements that go on in the line of what stands before them. */
const inline = /^(?:a|b|i|u|em|span|font|strong|label|small|big)$/;
/** The chosen one of tabs, steps, panels. */
const active = /(?:^|[\s_-])(?:active|selected|current|on|this|cur|process)(?=$|[\s_-])/i;
const otherStep = /step\S*(?:[-_]|\sis-)(?:wait|finish|success)/i;

/** Is `element` drawn, as far as style tells: no `display: none`, `visibility: hidden` or `aria-hidden` around it? */
export function isShown(element: Element): boolean {
  return (
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[hidden],dialog:not([open]),details:not([open])') === null &&
    !element.parentElement?.closest('[aria-hidden="true"]')
  );
}

/** What a reader sees, white space collapsed. */
export interface VisibleText {
  readonly words: string;
  /** The same without links and buttons. */
  readonly withoutLinks: string;
}

/**
 * What a reader sees in `block`: not scripts, hidden parts, menus, footers, tabs that are not the chosen one, steps
 * that are not the present one, and nothing in `skipped`. Elements of `path` are read whatever they look like.
 */
export function visibleText(
  block: Element,
  path: ReadonlySet<Element>,
  skipped: ReadonlySet<Element> = new Set(),
): VisibleText {
  let words = '';
  let withoutLinks = '';
  const add = (text: string, isLink: boolean): void => {
    words += text;
    if (!isLink) withoutLinks += text;
  };
  const visit = (element: Element, isLink: boolean): void => {
    const chosen = [...element.children].find((child) => active.test(child.className.toString()));
    for (const child of [...(element.shadowRoot?.childNodes ?? []), ...element.childNodes]) {
      if (child.nodeType === 3) add(child.nodeValue ?? '', isLink);
      if (!isElement(child) || silent.test(child.localName)) continue;
      const isOnPath = path.has(child);
      if (!isOnPath && (skipped.has(child) || !isRead(child) || isOther(child, chosen))) continue;
      const gap = inline.test(child.localName) ? '' : ' ';
      add(gap, false);
      if (/^(?:button|submit|reset)$/i.test(child.getAttribute('type') ?? '')) {
        add(child.getAttribute('value') ?? '', true);
      }
      visit(child, !isOnPath && (isLink || /^(?:a|button)$/.test(child.localName)));
      add(gap, false);
    }
  };
  visit(block, false);
  return { words: collapse(words), withoutLinks: collapse(withoutLinks) };
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function isRead(element: Element): boolean {
  const names = element.className.toString();
  return (
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches('[hidden],[aria-hidden="true"],[aria-selected="false"],dialog:not([open])') &&
    !otherStep.test(names) &&
    !silent.test(names)
  );
}

/** One of the tabs, or panels, of which another is the chosen one. */
function isOther(element: Element, chosen: Element | undefined): boolean {
  if (chosen === undefined || element.localName !== chosen.localName) return false;
  const names = element.className.toString();
  if (active.test(names)) return false;
  const [kind = ''] = names.split(/\s+/);
  return kind === '' ? /^(?:li|a|td|span|dd)$/.test(element.localName) : chosen.classList.contains(kind);
}
