// A real OpenID Connect issuer for tests: npm oidc-provider with three applications, keys of its
// own, and JWT access tokens for this service. Arguments: port, folder with the applications' keys,
// and for TLS a PEM file with certificate and key.
// `POST /wissel-sleutel` (test only) makes a new signing key and forgets the old one.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, folder, pem] = process.argv.slice(2);
const issuer = `${pem ? 'https' : 'http'}://127.0.0.1:${port}`;
const SCOPES = 'pleegzorg:aanbieder-systeem pleegzorg:coordinator';

function makeKeys(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] };
}

function application(name) {
  return {
    client_id: name,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    jwks: JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')),
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: SCOPES,
  };
}

function makeProvider(kid) {
  return new Provider(issuer, {
    clients: ['spirit-systeem', 'youke-systeem', 'vreemde-applicatie'].map(application),
    jwks: makeKeys(kid),
    scopes: SCOPES.split(' '),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:dienst:pleegzorg',
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: SCOPES,
          audience: resource.replace(/^urn:dienst:/, ''),
          accessTokenTTL: Number(process.env.TOKEN_SECONDS ?? 300),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
}

let turn = 1;
let current = makeProvider(`sleutel-${turn}`).callback();
function answer(request, response) {
  if (request.url === '/wissel-sleutel') {
    turn += 1;
    current = makeProvider(`sleutel-${turn}`).callback();
    response.writeHead(204).end();
    return;
  }
  current(request, response);
}

const tls = pem && { cert: readFileSync(pem), key: readFileSync(pem) };
(tls ? https.createServer(tls, answer) : http.createServer(answer))
  .listen(Number(port), '127.0.0.1', () => console.log('ready'));
