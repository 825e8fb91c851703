/** The widget's worker: it does the calculation, apart from the page. */
import 'altcha/workers/pbkdf2';
