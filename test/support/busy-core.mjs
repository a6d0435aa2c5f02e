/** Keeps one core busy until it is killed or its parent is gone. */
process.on('disconnect', () => process.exit(0));
const spin = () => {
  const end = performance.now() + 200;
  while (performance.now() < end);
  setImmediate(spin);
};
spin();
