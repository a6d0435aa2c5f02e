/** Who else is at an incident now. */
export const presenceZh = {
  presence: {
    viewing: '{{name}} 正在查看',
    drafting: '{{name}} 正在起草',
  },
} as const;
