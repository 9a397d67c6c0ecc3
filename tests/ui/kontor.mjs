// A server of one's own on a free port (on a database of its own in PostgreSQL where KONTOR_TEST_PG says where that is), with a small company; and a way to ask its API as somebody.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(here, "../..");
const postgres = process.env.KONTOR_TEST_PG;
const psql = (statement) => execFileSync("psql", [postgres, "-qc", statement], { stdio: ["ignore", "ignore", "pipe"] });
const binary = process.env.KONTOR_BINARY ?? join(top, "build/kontor");
export const PASSWORD = "correct horse 7";
// Who works there: a rep, another, a support rep, the manager of both, the admin.
const PEOPLE = [
	["ann", "Ann Ahlers", ["sales"]], ["ben", "Ben Böhm", ["sales"]], ["carla", "Carla Conti", ["support"]],
	["dora", "Dora Dahl", ["sales"]], ["admin", "Ada Admin", ["admin"]],
];

const freePort = () =>
	new Promise((then) => {
		const probe = createServer().listen(0, "127.0.0.1", () => {
			const { port } = probe.address();
			probe.close(() => then(port));
		});
	});
async function until(url) {
	for (let i = 0; i < 200; i++) {
		try {
			return await fetch(url);
		} catch {
			await new Promise((then) => setTimeout(then, 50));
		}
	}
	throw new Error(`nothing answers at ${url}`);
}

function gather(run) {
	run(["group", "add", "sales", "--display-name", "Sales"]);
	run(["group", "add", "support", "--display-name", "Support"]);
	run(["group", "member", "add", "sales", "ann", "ben", "dora"]);
	run(["group", "member", "add", "support", "carla"]);
	for (const group of ["sales", "support", "company"]) run(["group", "manager", "add", group, "dora"]);
}
// alone: the admin in a company that is empty as yet; settings: "section.key=value".
export async function startKontor({ alone = false, settings = [] } = {}) {
	const folder = mkdtempSync(join(tmpdir(), "kontor-ui-"));
	const data = join(folder, "data");
	const database = postgres && `kontor_ui_${randomBytes(8).toString("hex")}`;
	const store = database ? ["--set", `store.postgres=${postgres} dbname=${database}`] : [];
	if (database) psql(`CREATE DATABASE ${database}`);
	const run = (args, input) => execFileSync(binary, [...args, "--data", data, ...store], { input, stdio: ["pipe", "ignore", "pipe"] });
	run(["init"]);
	for (const [name, display, roles] of alone ? PEOPLE.slice(-1) : PEOPLE)
		run(["user", "add", name, "--display-name", display, ...roles.flatMap((r) => ["--role", r]), "--password-stdin"], `${PASSWORD}\n`);
	if (!alone) gather(run);
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const server = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, ...store, ...settings.flatMap((one) => ["--set", one]), "--set", `server.webui_dir=${join(top, "webui/dist")}`], { stdio: "ignore" });
	await until(`${url}/app/`);
	return {
		url,
		as: (name) => api(url, name),
		stop: async () => {
			const gone = new Promise((then) => server.once("exit", then));
			server.kill();
			await gone;
			if (database) psql(`DROP DATABASE ${database}`);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
// ask("POST", "/leads", {...}) as `name`; throws what the server refused.
function api(url, name) {
	const login = `Basic ${Buffer.from(`${name}:${PASSWORD}`).toString("base64")}`;
	return async (method, path, body, headers = {}) => {
		const answer = await fetch(`${url}/api/v1${path}`, {
			method,
			headers: { Authorization: login, "Content-Type": "application/json", "X-Requested-With": "kontor", ...headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		return text ? JSON.parse(text) : null;
	};
}
