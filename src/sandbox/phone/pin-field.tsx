/** A PIN that is typed in a form. */
export function PinField({
  label,
  value,
  onInput,
}: {
  label: string;
  value: string;
  onInput: (pin: string) => void;
}) {
  return (
    <label class="field">
      {label}
      <input
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={6}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
