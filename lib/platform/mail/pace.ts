import { setTimeout as sleep } from 'node:timers/promises';
import { LANES, type Lane } from './queue';
import { GIVE_WAY_MILLISECONDS } from './schedule';

/** A dispatcher's state: its rate limit, whether it is stopping, and whether the provider takes mails. */
export class Pace {
  /** Whether no mail has been sent since one has failed; not known at first. */
  isProviderInDoubt = true;
  private nextAt = 0;
  private readonly waiting: Record<Lane, number> = { 'sign-in': 0, other: 0, mailing: 0 };
  private readonly stopping = new AbortController();

  constructor(private readonly perSecond: number) {}

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Milliseconds until the next send; more than one slot after {@link pause}. */
  get wait(): number {
    return Math.max(0, this.nextAt - performance.now());
  }

  pause(seconds: number): void {
    this.nextAt = Math.max(this.nextAt, performance.now() + seconds * 1000);
  }

  /**
   * Waits for the next slot and takes it; lanes before this one have priority. False if the
   * dispatcher is stopped in the meantime.
   */
  async turn(lane: Lane): Promise<boolean> {
    this.waiting[lane] += 1;
    try {
      const ahead = LANES.slice(0, LANES.indexOf(lane));
      const givesWay = () => ahead.some((other) => this.waiting[other] > 0);
      while (!this.stopped && (this.wait > 0 || givesWay()))
        await this.sleep(this.wait || GIVE_WAY_MILLISECONDS);
      this.nextAt = performance.now() + 1000 / this.perSecond;
      return !this.stopped;
    } finally {
      this.waiting[lane] -= 1;
    }
  }

  /** Sleeps until the time is over or {@link stop} is called. */
  async sleep(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => {});
  }
}
