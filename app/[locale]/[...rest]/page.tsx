import { notFound } from 'next/navigation';

/** An address under a language that no route knows: without this, Next answers in its own words instead of ours. */
export default function UnknownAddress() {
  notFound();
}
