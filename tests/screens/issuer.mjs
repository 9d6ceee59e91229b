// A real OpenID Connect issuer where people sign in: npm oidc-provider with its own simple forms.
// Arguments: port, the address that a code may go to, the scopes that everybody here may have.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, back, scopes] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'een', use: 'sig', alg: 'RS256' };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'pleegzorg-schermen',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [back],
  }],
  jwks: { keys: [key] },
  scopes: ['openid', 'offline_access', ...scopes.split(' ')],
  // Whoever signs in with a password gets a token to renew with, as with Keycloak.
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  cookies: { keys: ['alleen voor toetsen'] },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        scope: scopes,
        audience: 'pleegzorg',
        accessTokenTTL: Number(process.env.TOKEN_SECONDS ?? 300),
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
