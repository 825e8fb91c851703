export { DraftUnavailable as default } from '@/components/writing/draft-unavailable';
