'use strict';
// The clients that others wrote for the real QuickBooks, pointed at the emulator by their public
// settings. What they expect of the service is what the emulator has to do.
const assert = require('node:assert');
const https = require('node:https');
const {createRequire} = require('node:module');
const path = require('node:path');
const {promisify} = require('node:util');

const [base, modules] = process.argv.slice(2);
const installed = createRequire(path.join(modules, 'package.json'));
const OAuthClient = installed('intuit-oauth');
const QuickBooks = installed('node-quickbooks');

const redirectUri = 'http://localhost:9/callback';
const state = 'kept-unchanged';

function request(method, url, body) {
  return new Promise((resolve, reject) => {
    const sent = https.request(url, {method}, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, text}));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function control(method, what, body) {
  const answer = await request(method, `${base}/_emulator/${what}`, body && JSON.stringify(body));
  assert.strictEqual(answer.status, 200, answer.text);
  return JSON.parse(answer.text);
}

async function step(what, run) {
  await run();
  console.log(`ok: ${what}`);
}

// Every method of node-quickbooks takes a callback last.
function promised(client) {
  return new Proxy(client, {get: (on, name) => promisify(on[name]).bind(on)});
}

async function main() {
  const app = await control('GET', 'app');
  const discovered = JSON.parse(
      (await request('GET', `${base}/.well-known/openid_sandbox_configuration`)).text);
  const oauth = new OAuthClient({
    clientId: app.client_id, clientSecret: app.client_secret, environment: 'sandbox', redirectUri,
  });
  oauth.setAuthorizeURLs({
    authorizeEndpoint: discovered.authorization_endpoint,
    tokenEndpoint: discovered.token_endpoint,
    revokeEndpoint: discovered.revocation_endpoint,
    userInfoEndpoint: discovered.userinfo_endpoint,
  });
  OAuthClient.environment.sandbox = `${base}/`;
  OAuthClient.jwks_uri = discovered.jwks_uri;
  QuickBooks.V3_ENDPOINT_BASE_URL = `${base}/v3/company/`;
  QuickBooks.TOKEN_URL = discovered.token_endpoint;
  QuickBooks.REVOKE_URL = discovered.revocation_endpoint;

  let realm;
  await step('intuit-oauth connects by the code flow', async () => {
    const consent = oauth.authorizeUri({
      scope: [OAuthClient.scopes.Accounting, OAuthClient.scopes.OpenId, OAuthClient.scopes.Email],
      state,
    });
    const went = await request('GET', consent);
    assert.strictEqual(went.status, 302, went.text);
    const callback = went.headers.location;
    assert.ok(callback.startsWith(`${redirectUri}?`), callback);
    await oauth.createToken(callback);
    const token = oauth.getToken();
    realm = token.realmId;
    assert.match(realm, /^\d{16,19}$/);
    assert.strictEqual(new URL(callback).searchParams.get('state'), state);
    assert.ok(oauth.isAccessTokenValid());
  });

  await step('intuit-oauth reads the signed-in user', async () => {
    const user = await oauth.getUserInfo();
    assert.strictEqual(user.json.email, 'admin@example.com');
  });

  await step('intuit-oauth refreshes, and meets a rotation', async () => {
    const before = oauth.getToken().refresh_token;
    await oauth.refresh();
    assert.strictEqual(oauth.getToken().refresh_token, before);
    await control('POST', 'tokens', {do: 'rotate_next'});
    await oauth.refresh();
    assert.notStrictEqual(oauth.getToken().refresh_token, before);
    await assert.rejects(oauth.refreshUsingToken(before), /invalid_grant|400/);
  });

  await step('intuit-oauth reads the company', async () => {
    const answer = await oauth.makeApiCall({
      url: `${base}/v3/company/${realm}/companyinfo/${realm}?minorversion=75`,
    });
    assert.match(answer.json.CompanyInfo.CompanyName, /Larkfield/);
  });

  const token = oauth.getToken();
  const raw = new QuickBooks(app.client_id, app.client_secret, token.access_token, false, realm,
                             true, false, 75, '2.0', token.refresh_token);
  const books = promised(raw);

  await step('node-quickbooks refreshes', async () => {
    const renewed = await books.refreshAccessToken();
    assert.ok(renewed.access_token);
    assert.strictEqual(raw.token, renewed.access_token);
  });

  let vendor, item, order;
  await step('node-quickbooks creates, finds and updates a vendor', async () => {
    vendor = await books.createVendor({DisplayName: "O'Fiction & Daughters", CompanyName: 'Fiction'});
    const found = await books.findVendors([{field: 'Id', value: vendor.Id}]);
    assert.strictEqual(found.QueryResponse.Vendor[0].DisplayName, "O'Fiction & Daughters");
    vendor = await books.updateVendor({...vendor, AcctNum: 'F-1'});
    assert.strictEqual(vendor.SyncToken, '1');
    assert.strictEqual((await books.getVendor(vendor.Id)).AcctNum, 'F-1');
  });

  await step('node-quickbooks creates, finds and updates an item', async () => {
    const accounts = await books.findAccounts([
      {field: 'AccountType', value: 'Cost of Goods Sold'}, {field: 'limit', value: 1},
    ]);
    const expense = accounts.QueryResponse.Account[0];
    item = await books.createItem({
      Name: 'RC-100 Rev A', Sku: 'RC-100 Rev A', Type: 'NonInventory', PurchaseCost: 2.5,
      ExpenseAccountRef: {value: expense.Id},
    });
    const found = await books.findItems({Name: 'RC-100 Rev A'});
    assert.strictEqual(found.QueryResponse.Item.length, 1);
    item = await books.updateItem({...item, PurchaseDesc: 'Bracket'});
    assert.strictEqual(item.PurchaseDesc, 'Bracket');
    assert.strictEqual(item.SyncToken, '1');
  });

  await step('node-quickbooks creates, finds, updates and deletes a purchase order', async () => {
    const payable = (await books.findAccounts([{field: 'AccountType', value: 'Accounts Payable'}]))
                        .QueryResponse.Account[0];
    order = await books.createPurchaseOrder({
      DocNumber: 'RC-1', VendorRef: {value: vendor.Id}, APAccountRef: {value: payable.Id},
      Line: [{
        Amount: 25, DetailType: 'ItemBasedExpenseLineDetail',
        ItemBasedExpenseLineDetail: {ItemRef: {value: item.Id}, Qty: 10, UnitPrice: 2.5},
      }],
    });
    assert.strictEqual(order.TotalAmt, 25);
    assert.strictEqual(order.POStatus, 'Open');
    const found = await books.findPurchaseOrders([{field: 'DocNumber', value: 'RC-1'}]);
    assert.strictEqual(found.QueryResponse.PurchaseOrder[0].Id, order.Id);
    order = await books.updatePurchaseOrder({...order, PrivateNote: 'changed'});
    assert.strictEqual(order.PrivateNote, 'changed');
    const anHourAgo = new Date(Date.now() - 3600e3).toISOString();
    const changed = await books.changeDataCapture(['PurchaseOrder'], anHourAgo);
    const [captured] = changed.CDCResponse[0].QueryResponse[0].PurchaseOrder;
    assert.strictEqual(captured.PrivateNote, 'changed');
    const gone = await books.deletePurchaseOrder(order);
    assert.strictEqual(gone.PurchaseOrder.status, 'Deleted');
  });

  await step('node-quickbooks is told of a fault', async () => {
    await assert.rejects(books.createVendor({DisplayName: "O'Fiction & Daughters"}), (error) => {
      const text = JSON.stringify(error.Fault || (error.response && error.response.data) || error);
      return /6240/.test(text);
    });
  });

  await step('intuit-oauth revokes the connection', async () => {
    await oauth.refresh();
    await oauth.revoke();
    await assert.rejects(books.getVendor(vendor.Id));
  });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
