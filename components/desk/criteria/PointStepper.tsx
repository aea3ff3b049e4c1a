import { word } from '../../../utils/platform/words.ts';
import { writePoints } from '../../../utils/view/desk/figures.ts';

interface PointStepperProps {
  label: string;
  points: number;
  isChanged: boolean;
  onChange: (points: number) => void;
}

/** Points with a step down and a step up, as one field that takes + and − and arrow keys. */
export function PointStepper({ label, points, isChanged, onChange }: PointStepperProps) {
  const press = (event: KeyboardEvent) => {
    // With Alt the row moves, not its points.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { '+': 1, '=': 1, ArrowUp: 1, '-': -1, '−': -1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChange(points + step);
  };
  return (
    <span class={`stepper${isChanged ? ' changed' : ''}`}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={word('desk_points_less', label)}
        onClick={() => onChange(points - 1)}
      >
        −
      </button>
      <span
        class="value"
        role="spinbutton"
        tabIndex={0}
        aria-label={word('desk_points_of', label)}
        aria-valuenow={points}
        aria-valuetext={writePoints(points)}
        aria-valuemin={-100}
        aria-valuemax={100}
        onKeyDown={press}
      >
        {writePoints(points)}
      </span>
      <button
        type="button"
        tabIndex={-1}
        aria-label={word('desk_points_more', label)}
        onClick={() => onChange(points + 1)}
      >
        +
      </button>
    </span>
  );
}
