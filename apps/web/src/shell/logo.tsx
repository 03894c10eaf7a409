export function Logo() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      aria-hidden="true"
    >
      <circle cx="10" cy="10" r="8" />
      <path d="M2.6 11h3.6l2-5 3 9 2-4h4.2" strokeWidth="1.6" strokeLinejoin="round" />
    </svg>
  );
}
