// Deals by stage: dragged, moved with Alt and the arrow keys, or by the choice on each card.
import { useState } from "preact/hooks";
import { type Rec, titleOf } from "../api";
import { date, money, number, today } from "../format";
import { t, term, tn } from "../i18n";
import { href } from "../router";
import { Avatar } from "./basic";
import { startDrag } from "./drag";
import { holdStill } from "./hold";
import { Icon } from "./icon";
import { currencyOf, isEmpty } from "./value";

export interface Lane {
	key: string;
	name: string;
	type: string;
	cards: Rec[];
	sum: string;
}
interface Props {
	lanes: Lane[];
	move: (card: Rec, lane: Lane) => void;
}
const FEW = 20;

function Card({ card, lanes, at, move, over }: { card: Rec; lanes: Lane[]; at: number; move: Props["move"]; over: (lane: string | null) => void }) {
	const lane = lanes[at]!;
	const to = (key: string) => {
		const target = lanes.find((l) => l.key === key);
		if (target && target !== lane) move(card, target);
	};
	const keys = (event: KeyboardEvent) => {
		if (!event.altKey || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return;
		event.preventDefault();
		const next = lanes[at + (event.key === "ArrowRight" ? 1 : -1)];
		if (next) move(card, next);
	};
	const late = lane.type === "open" && !isEmpty(card.expected_close) && String(card.expected_close) < today();
	return (
		<li
			class="deal-card stack tight" onKeyDown={keys}
			onPointerDown={(event) => startDrag(event, { card: event.currentTarget, over, drop: to })}
		>
			<a class="title" href={href(`/deals/${card.id}`)} draggable={false}>{titleOf(card)}</a>
			{card.names?.account && <span class="small muted cut">{card.names.account}</span>}
			<span class="row">
				<span class="amount grow">{isEmpty(card.amount) ? "–" : money(card.amount as number, currencyOf(card))}</span>
				{!isEmpty(card.expected_close) && <span class={`small ${late ? "bad" : "faint"}`}>{late && <span class="sr">{t("late")}: </span>}{date(String(card.expected_close))}</span>}
			</span>
			<span class="row">
				{card.names?.owner && <Avatar name={card.names.owner} />}
				<span class="sr">{card.names?.owner}</span>
				<select aria-label={t("stage_of", { name: titleOf(card) })} value={lane.key} onChange={(e) => to(e.currentTarget.value)}>
					{lanes.map((l) => <option key={l.key} value={l.key}>{term(l.name)}</option>)}
				</select>
			</span>
		</li>
	);
}
export function Board({ lanes, move }: Props) {
	const [over, setOver] = useState<string | null>(null);
	const [all, setAll] = useState<Set<string>>(new Set());
	return (
		<div class="board" role="group" aria-label={t("board")} ref={holdStill}>
			{lanes.map((lane, at) => {
				const shown = all.has(lane.key) ? lane.cards : lane.cards.slice(0, FEW);
				return (
					<section key={lane.key} class={`lane ${over === lane.key ? "over" : ""}`} data-lane={lane.key} aria-label={term(lane.name)}>
						<div class="lane-head">
							<div class="row">
								{lane.type === "won" && <span class="good"><Icon name="trophy" /></span>}
								<h2>{term(lane.name)}</h2><span class="faint small num">{number(lane.cards.length)}</span>
							</div>
							<div class="sum">{lane.sum}</div>
						</div>
						<ul>
							{shown.map((card) => <Card key={card.id} card={card} lanes={lanes} at={at} move={move} over={setOver} />)}
						</ul>
						{shown.length < lane.cards.length && (
							<button type="button" class="button quiet small less" onClick={() => setAll(new Set([...all, lane.key]))}>
								{tn("more_cards", lane.cards.length - shown.length, number(lane.cards.length - shown.length))}
							</button>
						)}
					</section>
				);
			})}
		</div>
	);
}
