import { Icon } from './Icon.tsx';

interface MenuProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** A choice of one from a short list, by the browser's own menu. */
export function Menu<T extends string>({ label, value, options, onChange }: MenuProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <span class="menu">
        <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </label>
  );
}
