import { database } from './database';
import { disk } from './disk';
import { drain } from './drain';
import { kill } from './kill';
import { migration } from './migration';
import { provider } from './provider';
import { rolling } from './rolling';
import type { Row } from './row';

/** All faults, the quick ones first. */
export const ROWS: readonly Row[] = [database, disk, drain, rolling, migration, provider, kill];
