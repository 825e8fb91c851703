/** The name under which a browser keeps the address typed into the form that asks for links. */
export const ENTRY_LINKS_FORM = 'entry-links';
