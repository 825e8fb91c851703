import { generateClient } from './build';

generateClient();
