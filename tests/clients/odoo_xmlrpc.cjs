// Drives npm's odoo-xmlrpc as its users do. Takes where and who as JSON, and answers what it saw as JSON.
const Odoo = require("odoo-xmlrpc");

const wanted = JSON.parse(process.argv[2]);
const odoo = new Odoo(wanted.who);
const promised = (start) =>
  new Promise((done, fail) => start((error, value) => (error ? fail(error) : done(value))));
const call = (model, method, ...params) =>
  promised((back) => odoo.execute_kw(model, method, params, back));
const refusal = (work) => work.then(() => null, (error) => [error.faultCode ?? null, error.faultString ?? error.message]);

async function main() {
  const saw = { uid: await promised((back) => odoo.connect(back)) };
  const made = await call("res.partner", "create", [{ name: wanted.name, is_company: true, comment: "<p>a & b</p>" }]);
  saw.found = await call("res.partner", "search_read", [[["id", "=", made]]], {
    fields: ["name", "is_company", "country_id", "category_id", "comment"],
  });
  saw.written = await call("res.partner", "write", [[made], { name: `${wanted.name} ü😀`, country_id: wanted.country }]);
  saw.read = await call("res.partner", "read", [[made], ["name", "country_id"]]);
  saw.count = await call("res.partner", "search_count", [[["id", "=", made]]]);
  saw.archived = await refusal(call("res.partner", "action_archive", [[made]]));
  saw.unknown = await refusal(call("res.partner", "read", [[made], ["nosuch"]]));
  saw.private = await refusal(call("res.partner", "browse", [[made]]));
  saw.deleted = await call("res.partner", "unlink", [[made]]);
  saw.gone = await call("res.partner", "read", [[made], ["name"]]);
  saw.made = made;
  const stranger = new Odoo({ ...wanted.who, password: "wrong" });
  saw.stranger = await refusal(promised((back) => stranger.connect(back)));
  return saw;
}

main().then(
  (saw) => process.stdout.write(JSON.stringify(saw)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
