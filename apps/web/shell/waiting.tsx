/** In place of what is still on its way: three pale lines. */
export function Waiting() {
  return (
    <div className="waiting" aria-hidden>
      <span />
      <span />
      <span />
    </div>
  );
}
