/** The name of the button that sends a form to be shown in another language. */
export const LANGUAGE_BUTTON = 'switchTo';
