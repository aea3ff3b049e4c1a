import { useEffect } from 'preact/hooks';
import type { HashKeyState } from '#contract/hash-key.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { HashKeySection } from '../../../utils/view/desk/hash-key.ts';

/** Devices move one by one, of which the feed says nothing. In milliseconds. */
const lookEveryMs = 10_000;

/** The key by which browsers know addresses: what it is, since when, how far a rotation is, and a new one in its place. */
export function HashKey({ model }: { model: HashKeySection }) {
  useEffect(model.open, []);
  const state = model.state.value.value;
  const failure = model.state.failure.value;
  return (
    <section style={{ marginTop: '32px' }}>
      <div class="heading">
        <h2>{word('desk_key')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_key_text')}
      </p>
      {state === null && failure !== null && <p class="fault">{failure.message}</p>}
      {state !== null && (
        <div class="stack" style={{ maxWidth: '620px' }}>
          <div role="status" class="stack">
            <p>{word('desk_key_since', writeMoment(state.since))}</p>
            {state.rotation !== null && <Rotation model={model} rotation={state.rotation} />}
          </div>
          {state.restoredAt !== null && <p>{word('desk_key_restored', writeMoment(state.restoredAt))}</p>}
          <KeyOffer model={model} state={state} />
          {state.leavers.length === 0 && <Rotate model={model} isUnderWay={state.rotation !== null} />}
        </div>
      )}
    </section>
  );
}

function Rotation({ model, rotation }: { model: HashKeySection; rotation: NonNullable<HashKeyState['rotation']> }) {
  useEffect(() => {
    const timer = setInterval(() => void model.state.reload(), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  const { moved, devices, endsAt } = rotation;
  return (
    <>
      <p>{countWord('desk_key_moved', devices, writeCount(moved))}</p>
      <p class="small-text soft">{word('desk_key_ends', writeMoment(endsAt))}</p>
    </>
  );
}

/** Offered where people left who knew the key: until there is a new one. */
export function KeyOffer({ model, state }: { model: HashKeySection; state: HashKeyState }) {
  if (state.leavers.length === 0) return null;
  const names = new Intl.ListFormat(globalThis.navigator?.language || 'en').format(state.leavers);
  return (
    <div class="box stack">
      <p>{countWord('desk_key_left', state.leavers.length, names)}</p>
      <Rotate model={model} isUnderWay={state.rotation !== null} />
    </div>
  );
}

/** There is no way back from a rotation, so it says first what it does. */
function Rotate({ model, isUnderWay }: { model: HashKeySection; isUnderWay: boolean }) {
  const isBusy = model.isBusy.value;
  if (!model.isAsking.value)
    return (
      <div class="row">
        <button type="button" class="press" onClick={() => model.ask(true)}>
          {word('desk_key_rotate')}
        </button>
      </div>
    );
  return (
    <fieldset class="box sunk stack" aria-label={word('desk_key_rotate')}>
      <p>{word('desk_key_rotate_text')}</p>
      {isUnderWay && <p>{word('desk_key_rotate_again')}</p>}
      <div class="row">
        <button type="button" class="press first" disabled={isBusy} onClick={() => void model.rotate()}>
          {word('desk_key_rotate_do')}
        </button>
        <button type="button" class="press" disabled={isBusy} onClick={() => model.ask(false)}>
          {word('desk_key_leave')}
        </button>
      </div>
    </fieldset>
  );
}
