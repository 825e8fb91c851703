import { letterTree } from '@/lib/letter/markdown';
import { pastedMarkdown } from './paste';
import { fromDom } from 'hast-util-from-dom';
(globalThis as any).letterTree=letterTree; (globalThis as any).conv=(h:string)=>pastedMarkdown(fromDom(new DOMParser().parseFromString(h,'text/html')) as any);
