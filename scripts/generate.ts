import { generateClient } from './build.ts';

generateClient();
