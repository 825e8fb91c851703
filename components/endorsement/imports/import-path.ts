import { sectionPath } from '@/components/admin/sections';

/** The path of an import of a letter, without the locale. */
export const importPath = (slug: string, id: string): string =>
  `${sectionPath(slug, 'imports')}/${id}`;
