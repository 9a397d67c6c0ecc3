// Connecting phones and programs: address, QR code, profile, steps, and the devices there are.
import { useState } from "preact/hooks";
import { address, post, remove } from "../api";
import { relative } from "../format";
import { inLine, t, type Key } from "../i18n";
import { Badge, Dialog, Empty, Fault, Field, PageHead, Panel, Skeletons, Tabs } from "../parts/basic";
import { Icon } from "../parts/icon";
import { complain, me, say, stale, useAsk, words } from "../store";

interface Setup { qr_svg?: string; server?: string; base?: string; url?: string; caldav?: string; carddav?: string; user?: string; urls?: Record<string, string> }
interface Device { id: number; name: string; created: number; seen: number | null; client: string | null; paused: boolean }
type Client = "iphone" | "android" | "thunderbird" | "outlook" | "mac";
const CLIENTS: { key: Client; text: string; steps: Key[] }[] = [
	{ key: "iphone", text: "iPhone, iPad", steps: ["iphone_1", "iphone_2", "iphone_3"] },
	{ key: "android", text: "Android", steps: ["android_1", "android_2", "android_3", "android_4"] },
	{ key: "thunderbird", text: "Thunderbird", steps: ["thunderbird_1", "thunderbird_2", "thunderbird_3"] },
	{ key: "outlook", text: "Outlook", steps: ["outlook_1", "outlook_2", "outlook_3"] },
	{ key: "mac", text: "macOS", steps: ["mac_1", "mac_2", "mac_3"] },
];
const serverOf = (setup: Setup | undefined) => setup?.server ?? setup?.base ?? setup?.url ?? setup?.urls?.server ?? setup?.urls?.base ?? `${location.origin}/`;

export function ConnectScreen() {
	const { data: setup } = useAsk<Setup>("/devices/setup");
	const devices = useAsk<{ items: Device[]; own_paused?: boolean }>("/devices", ["devices"]);
	const [adding, setAdding] = useState(false);
	const [client, setClient] = useState<Client>(/iPhone|iPad/.test(navigator.userAgent) ? "iphone" : /Android/.test(navigator.userAgent) ? "android" : "iphone");
	const chosen = CLIENTS.find((c) => c.key === client)!;
	const server = serverOf(setup);
	const values = { server, user: setup?.user ?? me.value!.name };
	const ownOn = () => remove("/devices/own/pause").then(() => { devices.again(); stale("requests"); }, complain);
	const qr = setup?.qr_svg;
	return (
		<>
			<PageHead title={t("connect")}><button type="button" class="button primary" onClick={() => setAdding(true)}><Icon name="plus" />{t("new_device")}</button></PageHead>
			<p class="muted greeting">{t("connect_text")}</p>
			<div class="grid">
				<Panel class="w7" title={t("how_to")}>
					<div class="panel-body stack">
						<Tabs label={t("how_to")} tabs={CLIENTS.map((c) => ({ key: c.key, text: c.text }))} now={client} choose={setClient} />
						<div role="tabpanel" aria-label={chosen.text} class="stack">
							<ol class="steps">{chosen.steps.map((key) => <li key={key}>{t(key, values)}</li>)}</ol>
							{(client === "iphone" || client === "mac") && <p><a class="button" href={address("/devices/profile.mobileconfig")} download="kontor.mobileconfig"><Icon name="download" />{t("profile_download")}</a></p>}
						</div>
					</div>
				</Panel>
				<Panel class="w5" title={t("your_server")}>
					<div class="panel-body row wrap">
						{qr && <img class="qr" alt={t("qr_alt", { server })} src={`data:image/svg+xml,${encodeURIComponent(qr)}`} width="200" height="200" />}
						<dl class="stack grow">
							<div><dt class="label">{t("address")}</dt><dd class="strong"><Copy text={server} /></dd></div>
							<div><dt class="label">{t("user_name")}</dt><dd class="strong"><Copy text={values.user} /></dd></div>
							<div><dt class="label">{t("password")}</dt><dd class="muted">{t("device_password")}</dd></div>
						</dl>
					</div>
				</Panel>
			</div>
			<Panel title={t("your_devices")} count={devices.data?.items.length}>
				{devices.problem && !devices.data && <div class="panel-body"><Fault problem={devices.problem} again={devices.again} /></div>}
				{!devices.data && !devices.problem && <Skeletons lines={2} />}
				{devices.data && !devices.data.items.length && <Empty icon="device" title={t("no_devices")} text={t("no_devices_text")} />}
				{devices.data?.own_paused && <p class="panel-body row wrap warn"><Icon name="warning" /><span class="grow">{t("own_paused")}</span><button type="button" class="button small" onClick={ownOn}>{t("device_go_on")}</button></p>}
				<ul class="items">{devices.data?.items.map((d) => <DeviceLine key={d.id} device={d} again={devices.again} />)}</ul>
			</Panel>
			{adding && <NewDevice close={() => { setAdding(false); devices.again(); }} />}
		</>
	);
}
function DeviceLine({ device, again }: { device: Device; again: () => void }) {
	const goOn = () => remove(`/devices/${device.id}/pause`).then(() => { again(); stale("requests"); say(t("device_goes_on", { name: device.name })); }, complain);
	const revoke = () => remove(`/devices/${device.id}`).then(() => { again(); say(t("revoked", { name: device.name })); }, complain);
	return (
		<li class="item">
			<span class={`glyph ${device.paused ? "t-warn" : ""}`}><Icon name="device" size={15} /></span>
			<span class="grow stack tight">
				<span class="strong cut">{device.name}</span>
				<span class="second cut">{inLine([device.client, device.seen ? t("seen", { when: relative(device.seen) }) : t("never_seen")])}</span>
			</span>
			{device.paused && <><Badge tone="warn">{t("device_paused")}</Badge><button type="button" class="button small" onClick={goOn}>{t("device_go_on")}<span class="sr"> {device.name}</span></button></>}
			<button type="button" class="button small danger" onClick={revoke}>{t("revoke")}<span class="sr"> {device.name}</span></button>
		</li>
	);
}
function NewDevice({ close }: { close: () => void }) {
	const [name, setName] = useState("");
	const [made, setMade] = useState<{ id: number; password: string } | null>(null);
	const [fault, setFault] = useState("");
	const create = async (event: Event) => {
		event.preventDefault();
		try {
			setMade(await post("/devices", { name: name.trim() || t("my_phone") }));
		} catch (reason) {
			setFault(words(reason));
		}
	};
	return (
		<Dialog title={t("new_device")} close={close}
			foot={made ? <button type="button" class="button primary" onClick={close}>{t("done")}</button> : <><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="device-form" class="button primary">{t("make_password")}</button></>}>
			{made ? (
				<div class="stack">
					<p>{t("password_once")}</p>
					<p class="code secret" data-first tabIndex={-1}>{made.password}</p>
					<Copy text={made.password} quiet />
				</div>
			) : (
				<form id="device-form" class="stack" onSubmit={create}>
					<Field label={t("device_name")} hint={t("device_name_hint")} fault={fault || undefined}>{(id, described) => <input id={id} aria-describedby={described} class="input" value={name} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
				</form>
			)}
		</Dialog>
	);
}
function Copy({ text, quiet }: { text: string; quiet?: boolean }) {
	const copy = () => navigator.clipboard.writeText(text).then(() => say(t("copied")), () => say(t("not_copied"), undefined, true));
	return <span class="row"><span class="cut">{quiet ? "" : text}</span><button type="button" class="button small quiet" onClick={copy}>{t("copy")}<span class="sr"> {quiet ? "" : text}</span></button></span>;
}
