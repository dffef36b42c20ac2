import { originOf } from '../ledger/deliveries-receiver.ts';
import { createStandings, type Pace, type Standing } from './standings.ts';

/** What one attempt told about its receiver. */
export type Told = 'answered' | 'unanswered';

export type Work = {
  /** Attempts to one receiver, one after the other; `tell` is called after each. Must not reject. */
  run: (tell: (told: Told) => void) => Promise<void>;
  /** Instead of `run`: its turn does not come soon enough. */
  giveBack: () => void;
};

type Job = {
  receiver: string;
  lane: string;
  /** What it counts as while it runs: as its lane's pace was when it began, and `late` when a quick one turns out not to be. */
  counted: 'fresh' | 'late' | 'slow' | 'silent';
  isLate: boolean;
  work: Work;
  timer: NodeJS.Timeout | undefined;
};

type Lane = { running: number; waiting: Job[] };

/** What may be claimed: `chains` altogether, and for each lane that is named `room` beside the `held` ones. */
export type Openings = {
  chains: number;
  lanes: ReadonlyMap<string, { room: number; held: number }>;
  /** The room of lanes that are not named. */
  elsewhere: number;
};

/**
 * Attempts side by side, so that a slow or dead receiver waits for itself only. Three rules see to it, however many such
 * receivers there are:
 *
 * - A lane has as many places as its receiver has earned; one that gave no answer has a single one (see `standings`).
 * - Lanes that are known to be slow have a quarter of all places together, and silent ones another quarter.
 * - What is not known to be slow is fresh for `slowAfterMs` and late after that. If `left` is what slow, silent and late
 *   ones leave of all places, fresh ones may have `left² / 2 × all` of them: half when nothing is late, and the less the more
 *   is late, so that there is never a moment at which everything hangs. With 256 places 35 are left when attempts that hang
 *   have come for ten seconds; then they time out, and their receivers are known. The last quarter of the fresh places is
 *   for lanes that have nothing in flight.
 */
export type Lanes = {
  /** Begins the work as soon as its lane may. */
  add: (receiver: string, work: Work) => void;
  openings: () => Openings;
  /** Whether one more chain for this receiver may be held here: it is quick, and neither it nor all of us have too many. */
  mayTake: (receiver: string) => boolean;
  /** Work that runs or waits. */
  size: () => number;
  /** Gives back what waits. */
  giveBack: () => void;
  /** Resolves when nothing runs or waits. */
  idle: () => Promise<void>;
};

export type LanesOptions = {
  /** Attempts in flight altogether. */
  places: number;
  /** Attempts in flight in one lane, at most. */
  widest: number;
  slowAfterMs: number;
  /** Told whenever there may be more room than before. */
  onRoom: () => void;
};

/**
 * Held for each place of a quick lane: one in flight and one ready, so that no place waits for the next claim. With 8
 * places on 2 cores a single quick receiver got 1,150 to 1,550 deliveries a second that way, without it 650 to 800.
 */
const HELD_PER_PLACE = 2;

/** What commits hand over waits here rather than in the outbox, because it costs a claim there. */
const TAKEN_PER_PLACE = 16;

export function createLanes({ places, widest, slowAfterMs, onRoom }: LanesOptions): Lanes {
  const standings = createStandings(widest);
  const lanes = new Map<string, Lane>();
  const jobs = new Set<Job>();
  const inFlight = { fresh: 0, late: 0, slow: 0, silent: 0 };
  const share = Math.max(1, Math.floor(places / 4));
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  function lane(key: string): Lane {
    const lane = lanes.get(key) ?? { running: 0, waiting: [] };
    lanes.set(key, lane);
    return lane;
  }

  function leave(key: string): void {
    const left = lane(key);
    left.running -= 1;
    if (left.running === 0 && left.waiting.length === 0) lanes.delete(key);
  }

  function freshPlaces(): number {
    const left = places - inFlight.late - inFlight.slow - inFlight.silent;
    return left <= 0 ? 0 : Math.max(1, Math.floor((left * left) / (2 * places)));
  }

  function mayBegin(key: string, { running }: Lane): boolean {
    const standing = standings.of(key);
    const { fresh, late, slow, silent } = inFlight;
    if (running >= standing.places || fresh + late + slow + silent >= places) return false;
    if (standing.pace !== 'quick') return inFlight[standing.pace] < share;
    const most = freshPlaces();
    return fresh < (running === 0 ? most : most - Math.ceil(most / 4));
  }

  function begin(job: Job, key: string): void {
    const { pace } = standings.of(key);
    job.counted = pace === 'quick' ? 'fresh' : pace;
    inFlight[job.counted] += 1;
    lane(key).running += 1;
    watch(job);
    void job.work.run((told) => hear(job, told)).finally(() => end(job));
  }

  function beginWhatMay(): void {
    // Lanes with less in flight first, so that a place that comes free goes to who has none.
    const waiting = [...lanes].filter(([, { waiting }]) => waiting.length > 0);
    waiting.sort(([, a], [, b]) => a.running - b.running);
    for (const [key, each] of waiting) {
      while (each.waiting.length > 0 && mayBegin(key, each)) {
        const job = each.waiting.shift();
        if (job) begin(job, key);
      }
    }
  }

  function watch(job: Job): void {
    job.isLate = false;
    job.timer = setTimeout(() => beLate(job), slowAfterMs);
  }

  function beLate(job: Job): void {
    job.isLate = true;
    if (job.counted === 'fresh') {
      inFlight.fresh -= 1;
      inFlight.late += 1;
      job.counted = 'late';
    }
    learn(job, (key) => standings.late(key));
    beginWhatMay();
    onRoom();
  }

  function hear(job: Job, told: Told): void {
    clearTimeout(job.timer);
    learn(job, (key) => standings[told](key, job.isLate));
    watch(job);
  }

  /** What is learnt in the lane of an origin is learnt of the receiver too, which has a lane of its own from then on. */
  function learn(job: Job, about: (key: string) => void): void {
    const shared = job.lane;
    about(shared);
    if (shared !== job.receiver) {
      about(job.receiver);
      leave(shared);
      job.lane = job.receiver;
      lane(job.lane).running += 1;
      shedReady(shared);
    }
    shedReady(job.lane);
  }

  /** A lane that is not quick holds nothing ready: it would only fill the room of others. */
  function shedReady(key: string): void {
    const { places, pace } = standings.of(key);
    if (pace !== 'quick') giveBackBeyond(places, key);
  }

  function giveBackBeyond(most: number, key: string): void {
    const { running, waiting } = lane(key);
    for (const job of waiting.splice(Math.max(0, most - running))) {
      jobs.delete(job);
      job.work.giveBack();
    }
    if (running === 0 && waiting.length === 0) lanes.delete(key);
  }

  function end(job: Job): void {
    clearTimeout(job.timer);
    inFlight[job.counted] -= 1;
    jobs.delete(job);
    leave(job.lane);
    beginWhatMay();
    if (jobs.size === 0) idle.resolve();
    onRoom();
  }

  /** How many of each pace run or wait. */
  function heldByPace(): Record<Pace, number> {
    const held = { quick: 0, slow: inFlight.slow, silent: inFlight.silent };
    for (const [key, { waiting }] of lanes) held[standings.of(key).pace] += waiting.length;
    return held;
  }

  function openings(): Openings {
    const named = new Map<string, { room: number; held: number }>();
    const byPace = heldByPace();
    const isClosed = ({ pace }: Standing) => pace !== 'quick' && byPace[pace] >= share;
    const name = (key: string) => {
      const { running, waiting } = lanes.get(key) ?? { running: 0, waiting: [] };
      const held = running + waiting.length;
      const standing = standings.of(key);
      const mayHoldReady = standing.pace === 'quick' && running > 0 && originOf(key) !== key;
      const most = standing.places * (mayHoldReady ? HELD_PER_PLACE : 1);
      named.set(key, { room: isClosed(standing) ? 0 : Math.max(0, most - held), held });
    };
    for (const key of lanes.keys()) name(key);
    for (const job of jobs) {
      // A receiver that is not known yet gets one attempt, and then it is.
      if (job.lane !== job.receiver) named.set(job.receiver, { room: 0, held: 1 });
    }
    for (const [origin, standing] of standings.origins()) {
      if (standing.places < widest || isClosed(standing)) name(origin);
    }
    for (const [receiver, standing] of standings.receivers()) {
      // Not named it would be taken for one of the receivers of its origin that are not known.
      if (isClosed(standing) || named.has(originOf(receiver))) name(receiver);
    }
    return { chains: Math.max(0, freshPlaces() - inFlight.fresh), lanes: named, elsewhere: widest };
  }

  return {
    mayTake(receiver) {
      const key = standings.laneOf(receiver);
      const { places: own, pace } = standings.of(key);
      const { running, waiting } = lanes.get(key) ?? { running: 0, waiting: [] };
      return pace === 'quick' && jobs.size < places && running + waiting.length < own * TAKEN_PER_PLACE;
    },
    add(receiver, work) {
      const key = standings.laneOf(receiver);
      const job: Job = { receiver, lane: key, counted: 'fresh', isLate: false, work, timer: undefined };
      if (jobs.size === 0) idle = Promise.withResolvers<void>();
      jobs.add(job);
      lane(key).waiting.push(job);
      beginWhatMay();
    },
    openings,
    size: () => jobs.size,
    giveBack() {
      for (const key of [...lanes.keys()]) giveBackBeyond(0, key);
      if (jobs.size === 0) idle.resolve();
    },
    idle: () => idle.promise,
  };
}
