import type { DocumentsText } from './documents-text.ts';

export const enDocuments: DocumentsText = {
  states: {
    requested: {
      title: 'Reading the documents',
      next: 'The signature client reads them on this computer and computes their digests. One moment, please.',
    },
    scanned: {
      title: 'Scanned: compare the number on your phone and confirm',
      next: 'Confirm only if address, action and number on the phone equal those shown here.',
    },
    choosingSeal: {
      title: 'Choose a seal and place it on the document',
      next: 'Then press “Confirm and sign on the phone”.',
    },
    confirmed: {
      title: 'The signature has come back',
      next: 'Checking it and writing the file. Please keep this window open.',
    },
    succeeded: {
      title: 'Done',
      next: 'The signed documents were handed to the page. You can go back to it.',
    },
  },
  heading: (count) => (count === 1 ? 'Document to sign' : `Documents to sign (${count})`),
  size: (amount, bytes) => (amount === '' ? `${bytes} bytes` : `${amount} (${bytes} bytes)`),
  digest: 'SM3 digest',
  copy: 'Copy',
  copied: 'Copied',
  reading: (percent) => `${percent} read`,
  signer: 'Signer',
  steps: {
    signed: 'Signature returned',
    written: 'Check it and write the file',
    delivered: 'Hand the file to the page',
  },
  done: (count) => (count === 1 ? '1 document signed:' : `${count} documents signed:`),
  switchTo: 'Choose a document',
  pages: 'Pages of the document',
  page: (page, count) => `Page ${page} of ${count}`,
  opening: 'Opening the document…',
  notHere: 'The document is not in this window yet. One moment; if this persists, keep the page open.',
  notShown: 'This document cannot be shown here. Check its name, size and digest.',
  pageBroken: 'This page cannot be shown',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit width',
  text: 'The text to be signed',
  textCut: (bytes) =>
    `The text is long and only its beginning is shown; ${bytes} more bytes are signed with it.`,
  notUtf8: 'This is not valid UTF-8 text; what is shown may be wrong.',
  controlCharacters: 'The text has invisible control characters; boxes show where.',
  proposed: (count) =>
    count === 1
      ? 'The site proposes 1 place for the seal (dashed; you can change it after scanning)'
      : `The site proposes ${count} places for the seal (dashed; you can change them after scanning)`,
  openWindowToPlace: 'Press “Open the scan window” to choose the seal and its places there.',
  seal: {
    legend: 'Seal',
    size: (width, height) => `${width} × ${height} mm`,
    validTo: (date) => `Valid until ${date}`,
    unusable: 'Expired, or not for this certificate: cannot be used',
    none: 'The phone offers no seal. Cancel, and ask whoever issues your seals.',
    noneUsable: 'None of the phone’s seals can be used. Cancel, and ask whoever issued them.',
    drag: 'Drag it onto the page',
  },
  place: {
    heading: 'Places',
    none: 'No seal placed yet.',
    click: 'Click on the page',
    clickNow: 'Click where the seal should go',
    center: (page) => `Middle of page ${page}`,
    allPages: 'On all pages',
    seam: 'Across the page edge',
    point: (page) => `Page ${page}`,
    onAllPages: 'All pages',
    onSeam: (first, last) => `Across the edge, pages ${first} to ${last}`,
    page: 'Page',
    firstPage: 'From page',
    lastPage: 'To page',
    fromLeft: 'From left (mm)',
    fromBottom: 'From bottom (mm)',
    remove: (number) => `Remove seal ${number}`,
    mark: (number, where, position) => `Seal ${number}, ${where}, ${position}`,
    position: (left, bottom) => `${left} mm from the left, ${bottom} mm from the bottom`,
    keys: 'With a seal selected: arrow keys move it by 1 mm, with Shift by 10 mm, Delete removes it. Positions are of the seal’s middle.',
    toAll: 'Same places in all documents',
    toAllDone: (count) => (count === 1 ? 'Applied to 1 document.' : `Applied to ${count} documents.`),
    toAllSkipped: (names) => `No room in these documents; place the seal there yourself: ${names}`,
    tooLarge: 'The seal is larger than the page.',
    tooMany: 'A document takes at most 100 places.',
    notFound: (text) => `The site proposes a seal at “${text}”, but the document does not have this text.`,
  },
  keyword: {
    label: 'Find by text',
    search: 'Search',
    searching: (page, count) => `Searching page ${page} of ${count}`,
    found: (count) => {
      if (count === 0) return 'Not found. Text in scanned pictures cannot be searched.';
      return count === 1 ? '1 place found:' : `${count} places found:`;
    },
    more: 'Only the first 100 are listed.',
    all: 'Select all',
    add: (count) => `Seal at the ${count} selected`,
  },
  summary: {
    heading: 'To be sealed',
    line: (count) => (count === 1 ? '1 place' : `${count} places`),
    pickSeal: 'Choose a seal first.',
    missing: (name) => `No seal placed yet: ${name}`,
    confirm: 'Confirm and sign on the phone',
  },
};
