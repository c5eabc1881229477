// What `npm start` needs, asked for before Core Tools spend a build on it: their own complaints come late, and name other things.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';

const settingsFile = 'OrderSagaFunctions/local.settings.json';
const sample = 'OrderSagaFunctions/local.settings.sample.json';
const azurite = { host: '127.0.0.1', port: Number(process.argv[2] ?? 10000) };

function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

function usesAzurite() {
  const own = process.env.AzureWebJobsStorage;
  const text = own === undefined ? readFileSync(settingsFile, 'utf8') : `"AzureWebJobsStorage": "${own}"`;
  return /"AzureWebJobsStorage"\s*:\s*"UseDevelopmentStorage=true;?"/.test(text);
}

if (!existsSync(settingsFile)) {
  refuse(`There is no ${settingsFile}, which Core Tools read: cp ${sample} ${settingsFile}`);
}

if (spawnSync('func', ['--version'], { shell: true }).status !== 0) {
  refuse("Core Tools ('func') are not installed: 'npm install azure-functions-core-tools@4' installs them, or says why it cannot.");
}

if (usesAzurite()) {
  connect(azurite)
    .on('connect', () => process.exit(0))
    .on('error', () => refuse(
      `AzureWebJobsStorage is the storage emulator, and nothing answers on ${azurite.host}:${azurite.port}: run 'npm run azurite' in another terminal.`));
}
