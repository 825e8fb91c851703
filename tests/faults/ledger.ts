import { appendFileSync, readFileSync } from 'node:fs';

export type Act = 'sign-up' | 'confirm' | 'approve' | 'withdraw';

/** What one person (an organization, or the coordinator on its behalf) has asked for and been told. */
export interface Account {
  asked: number;
  acknowledged: number;
}

/** What clients were told, in a file of theirs: the product's own word is not taken for it. */
export class Ledger {
  constructor(readonly file: string) {}

  /** Notes that something is asked for; call the result once it is acknowledged. */
  ask(who: string, act: Act): () => void {
    this.write({ who, act, what: 'asked' });
    return () => this.write({ who, act, what: 'acknowledged' });
  }

  private write(line: { who: string; act: Act; what: keyof Account }): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  /** Reads the file back: accounts by person and act. */
  accounts(): Map<string, Record<Act, Account>> {
    const none = () => ({ asked: 0, acknowledged: 0 });
    const accounts = new Map<string, Record<Act, Account>>();
    for (const line of readFileSync(this.file, 'utf8').split('\n').filter(Boolean)) {
      const { who, act, what } = JSON.parse(line) as { who: string; act: Act; what: keyof Account };
      const of = accounts.get(who) ?? {
        ...{ 'sign-up': none(), confirm: none(), approve: none(), withdraw: none() },
      };
      of[act][what] += 1;
      accounts.set(who, of);
    }
    return accounts;
  }
}
