export { DraftUnavailable as default } from '@/components/letter/draft/unavailable';
