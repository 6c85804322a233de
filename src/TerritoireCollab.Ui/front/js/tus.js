// The protocol itself: loaded once a file is chosen, and on no page before.
export { Upload } from 'tus-js-client';
