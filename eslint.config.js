import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "coverage/", "data/", "demo-data/"] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-params": ["error", 4],
      "max-lines": ["error", { max: 260, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
    },
  },
  // The one place where a checked value takes on its brand.
  { files: ["src/kernel/brand.ts"], rules: { "@typescript-eslint/consistent-type-assertions": "off" } },
  // chai's property assertions (`expect(x).to.be.true`) are expressions; suites are as long as their cases.
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-unused-expressions": "off", "max-lines": "off" } },
);
