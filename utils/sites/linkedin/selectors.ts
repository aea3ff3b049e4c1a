/** Where LinkedIn keeps what we read. */

/** In every logged-in top card since 2018, and nowhere else: it names exactly the subject. Absent on `/details/…` pages. */
export const contactInfoLink = 'a[href*="/in/"][href*="contact-info"]';

/** The top card of 2026, whose class names are hashed; its key can hold the member urn: `…cardref<urn>Topcard`. */
export const topcard2026 = '[componentkey$="Topcard"]';
/** Its key ends with the public identifier; only where the person is verified or can be. */
export const verificationTrigger = '[componentkey^="ProfileVerificationTriggerRef-"]';
export const companyAccent = 'svg#company-accent-4';

/** Top cards before: 2020 to 2025, 2019, 2018. */
export const olderTopcards =
  'section.pv-top-card, .pv-top-card, .pv-top-card-v3, .pv-top-card-section, .pv-profile-section';
export const olderName =
  'h1.text-heading-xlarge, h1.pv-top-card-section__name, .pv-top-card-v3--list > li:first-child, .pv-top-card--list > li:first-child, h1';
export const olderHeadline =
  '.text-body-medium.break-words, .pv-top-card-section__headline, h2.mt1, .pv-top-card-v3--headline';
/** The current company beside the name: with the label in English, and the places it stood in. */
export const olderCompany =
  '[aria-label^="Current company"], .pv-top-card-v2-section__company-name, .pv-top-card--experience-list-item[href*="/company/"], [data-control-name="position_see_more"]';

/** Only the viewer's own profile offers to edit it. */
export const ownProfileMarks =
  'a[href*="isSelfProfile=true"], a[href*="/in/"][href*="/edit/"], [componentkey$="_cover_edit_button"], [data-control-name="edit_top_card"], .pv-top-card--edit, .profile-photo-edit__edit-btn';

/** Public (logged-out) pages. */
export const publicPageKey = 'meta[name="pageKey"][content*="public_profile"]';
export const publicName = '.top-card-layout__title, .topcard__title, h1';
export const publicHeadline = '.top-card-layout__headline, .topcard__headline';
export const publicCompany = '[data-tracking-control-name="public_profile_topcard-current-company"]';
export const linkedData = 'script[type="application/ld+json"]';

/** Addresses in the contact dialog, which the person chose to show; the navigation's help address is none of them. */
export const contactDialogAddress = '[role="dialog"] a[href^="mailto:"], .ci-email a[href^="mailto:"]';

/** A message being written. */
export const messageBody =
  'div.msg-form__contenteditable[contenteditable="true"], [role="dialog"] div[role="textbox"][contenteditable="true"]';

/** Sales Navigator (not seen live). */
export const salesName = '[data-anonymize="person-name"]';
export const salesTitle = '[data-anonymize="job-title"], [data-anonymize="headline"]';
export const salesCompany = '[data-anonymize="company-name"]';
