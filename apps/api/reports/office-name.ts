/** The office under whose head and seal the sheets of a city stand. */
export const officeName = ({ name }: { name: string }): string => `${name}政务舆情回应办公室`;
