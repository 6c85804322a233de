// Sends a file with tus-js-client, as the pages do: node tus.mjs PACKAGES ADDRESS COOKIE FILE MEMORY [PIECES before it kills itself]
import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';

const [packages, endpoint, cookie, file, memory, most] = process.argv.slice(2);
const { Upload, FileUrlStorage } = createRequire(`${packages}/package.json`)('tus-js-client');

let pieces = 0;
const upload = new Upload(createReadStream(file), {
  endpoint,
  uploadSize: statSync(file).size,
  chunkSize: 200_000,
  retryDelays: [0, 100, 300, 1000, 1000, 1000, 1000],
  urlStorage: new FileUrlStorage(memory),
  removeFingerprintOnSuccess: true,
  metadata: { filename: 'film été.bin' },
  headers: { 'X-Requested-With': 'fetch', Cookie: cookie },
  onChunkComplete() { if (most && ++pieces >= Number(most)) process.kill(process.pid, 'SIGKILL'); else pieces += most ? 0 : 1; },
  onError(error) { console.error(String(error)); process.exit(1); },
  onSuccess() { console.log(`${pieces} ${upload.url}`); },
});
const before = await upload.findPreviousUploads();
if (before.length > 0) upload.resumeFromPreviousUpload(before[0]);
upload.start();
