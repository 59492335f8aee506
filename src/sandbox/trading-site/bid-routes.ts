import type { FileFacts } from '../../protocol/bids.ts';
import { sizeLimits } from '../../protocol/limits.ts';
import { jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import { isJsonObject, readJsonObject } from '../http/json-body.ts';
import type { LoggedIn } from './logged-in.ts';
import type { ProjectsView } from './project-views.ts';
import type { Project, TakenBid } from './projects.ts';
import { refusal } from './site-codes.ts';
import { takeUpload, type UploadTaker } from './take-upload.ts';

export interface BidRoutesOptions extends UploadTaker {
  readonly projects: readonly Project[];
}

/** `caller`: who is logged in; everything here works without a login too, for tests and for trying it out. */
export interface BidRoutes {
  /** Undefined where nothing is at the path. */
  get(exchange: Exchange, caller: LoggedIn | undefined): Promise<Answer | undefined>;
  /** A POST that one of the site's own pages sent. */
  post(exchange: Exchange, caller: LoggedIn | undefined): Promise<Answer | undefined>;
}

const pathPattern = /^\/api\/projects\/([\w-]{1,64})\/(bids|opened|opening-time)(?:\/(\d{1,9}))?$/;
/** The last moment that every date can say. */
const lastTime = 253_402_300_799_000;

/** True at paths to which files of any size are uploaded. */
export function takesUploads(path: string): boolean {
  const [, , place, n] = pathPattern.exec(path) ?? [];
  return place === 'bids' && n === undefined;
}

interface Place {
  readonly project: Project;
  readonly place: string;
  readonly n: number | undefined;
}

export function createBidRoutes({ projects, ...taker }: BidRoutesOptions): BidRoutes {
  const { store, clock } = taker;

  function placeAt(path: string): Place | 'unknownProject' | undefined {
    const [, id, place = '', n] = pathPattern.exec(path) ?? [];
    if (id === undefined) return undefined;
    const project = projects.find((each) => each.id === id);
    return project === undefined
      ? 'unknownProject'
      : { project, place, n: n === undefined ? undefined : Number(n) };
  }

  /** Bidders see their own bids only; where nobody is logged in, all are seen. */
  function bidsFor(project: Project, caller: LoggedIn | undefined): readonly TakenBid[] {
    if (caller === undefined) return project.bids();
    return project.bids().filter(({ view }) => view.bidder?.creditCode === caller.creditCode);
  }

  async function download({ view: { name, size }, path }: TakenBid): Promise<Answer> {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    };
    return { status: 200, headers, body: await store.read(path) };
  }

  function readOut(exchange: Exchange, project: Project, caller: LoggedIn | undefined): Answer {
    const body = readJsonObject(exchange);
    const plain = typeof body === 'string' ? undefined : factsOf(body['plain']);
    if (typeof body === 'string' || plain === undefined) return jsonAnswer(400, refusal('BAD_REQUEST'));
    if (clock() < project.openingTime) return jsonAnswer(409, refusal('OPENING_TIME_NOT_REACHED'));
    const bid = bidsFor(project, caller).find(({ view }) => view.n === body['n']);
    if (bid === undefined) return jsonAnswer(404, refusal('BID_UNKNOWN'));
    const reading = project.readOut(bid.view, plain, clock());
    return reading === undefined
      ? jsonAnswer(422, { error: 'RESULT_MISMATCH', reason: 'otherPlaintext' })
      : jsonAnswer(201, reading);
  }

  /** A facility of the sandbox for tests: no real site lets its pages move the deadline. */
  function moveOpeningTime(exchange: Exchange, project: Project): Answer {
    const body = readJsonObject(exchange);
    const wanted = typeof body === 'string' ? undefined : body['openingTime'];
    const time = wanted === 'now' ? clock() : wanted;
    const isTime = typeof time === 'number' && Number.isInteger(time) && time >= 0 && time <= lastTime;
    if (!isTime) return jsonAnswer(400, refusal('BAD_REQUEST'));
    project.openingTime = time;
    return jsonAnswer(200, project.view(clock()));
  }

  function readings(project: Project): Answer {
    return clock() < project.openingTime
      ? jsonAnswer(409, refusal('OPENING_TIME_NOT_REACHED'))
      : jsonAnswer(200, { readings: project.readings() });
  }

  async function bids({ project, n }: Place, caller: LoggedIn | undefined): Promise<Answer> {
    const visible = bidsFor(project, caller);
    if (n === undefined) return jsonAnswer(200, { bids: visible.map(({ view }) => view) });
    const bid = visible.find(({ view }) => view.n === n);
    return bid === undefined ? jsonAnswer(404, refusal('BID_UNKNOWN')) : download(bid);
  }

  return {
    async get({ path }, caller) {
      if (path === '/api/projects') {
        const now = clock();
        const views: ProjectsView = { now, projects: projects.map((project) => project.view(now)) };
        return jsonAnswer(200, views);
      }
      const at = placeAt(path);
      if (at === 'unknownProject') return jsonAnswer(404, refusal('PROJECT_UNKNOWN'));
      if (at?.place === 'bids') return bids(at, caller);
      return at?.place === 'opened' && at.n === undefined ? readings(at.project) : undefined;
    },

    async post(exchange, caller) {
      const at = placeAt(exchange.path);
      if (at === 'unknownProject') return jsonAnswer(404, refusal('PROJECT_UNKNOWN'));
      if (at === undefined || at.n !== undefined) return undefined;
      if (at.place === 'bids') return takeUpload(exchange, at.project, caller, taker);
      return at.place === 'opened'
        ? readOut(exchange, at.project, caller)
        : moveOpeningTime(exchange, at.project);
    },
  };
}

function factsOf(value: unknown): FileFacts | undefined {
  if (!isJsonObject(value)) return undefined;
  const { name, size, sm3 } = value;
  const isNamed = typeof name === 'string' && name !== '' && name.length <= sizeLimits.documentName;
  if (!isNamed || typeof sm3 !== 'string' || !/^[0-9a-f]{64}$/.test(sm3)) return undefined;
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
    ? { name, size, sm3 }
    : undefined;
}
