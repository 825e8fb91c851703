import { oneClick } from '@/app/api/one-click';
import { endMailings } from '@/lib/mailing/ending/commands';

/** One click ends a letter's mailings. */
export const { POST, GET } = oneClick(endMailings, '/mailings');
