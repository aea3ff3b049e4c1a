/** Where LinkedIn keeps what we read. Lists are tried in order: the first that leads somewhere counts. */

/**
 * Whatever a page links to that is its subject's or the viewer's own, in one selector: a page of others holds thousands of links to profiles, and a browser
 * goes through all of them for each selector that it is asked.
 */
export const ownLinks =
  'a[href*="/in/"]:is([href*="contact-info"], [href*="/overlay/"], [href*="/details/"], [href*="/recent-activity/"], [href*="/edit/"], [href*="isSelfProfile=true"])';
/** In every logged-in top card since 2018, and nowhere else: it names exactly the subject. Absent on `/details/…` pages; since 2026 often `#`. */
export const contactInfoLink = 'a[href*="/in/"][href*="contact-info"]';
/** Around the name since 2023, beside the link to the contact details. */
export const aboutProfileLink = 'a[href*="/in/"][href*="/overlay/about-this-profile"]';

/**
 * The top card since 2026, whose class names are hashed; its key, which can be its id instead, can hold the member urn: `…cardref<urn>Topcard`. Section and
 * wrapper share it. A card beside the profile is somebody else's.
 */
export const topcard2026 =
  '[componentkey$="topcard" i], div[id^="com.linkedin."][id$="topcard" i], section[id^="com.linkedin."][id$="topcard" i], [data-view-name="profile-top-card"]';
export const besideProfile = 'aside, [role="complementary"], [role="dialog"]';
/** Its key ends with the public identifier; only where the person is verified or can be. */
export const verificationTrigger = '[componentkey^="ProfileVerificationTriggerRef-"]';
export const companySign = 'svg[id^="company-accent"]';
/** Links of the card that carry the subject's identifier, whatever they open. */
export const topcardSubjectLinks = 'a[href*="/in/"][href*="/overlay/"], a[href*="vanityName="]';

/** Top cards before: 2020 to 2025, 2019, 2018. */
export const olderTopcards =
  'section.pv-top-card, .pv-top-card, .pv-top-card-v3, .pv-top-card-section, .pv-profile-section';
export const olderNames = [
  'h1.text-heading-xlarge',
  '.pv-top-card-section__name',
  '.pv-top-card-v3--list > li:first-child',
  '.pv-top-card--list > li:first-child',
  `${aboutProfileLink} h1`,
  'h1',
];
export const olderHeadline =
  '.text-body-medium.break-words, .pv-top-card-section__headline, h2.mt1, .pv-top-card-v3--headline';
/** The name on a page that links nowhere to its subject's own pages: where only a profile has a heading, and wherever the title names it as well. */
export const unlinkedNames = [
  'h1.text-heading-xlarge',
  '.pv-top-card h1',
  '.top-card-layout__title, .topcard__title, .top-card__title',
  // Until 2014: a business card in a microformat.
  'h1.fn, .vcard h1 .fn, .vcard h1 .full-name',
];
export const unlinkedTitled = 'h1';
/** The page's own part, without the navigation of the whole site: headings and tabs are sought by what they are, and asked whether they stand in it. */
export const mainPart = 'main, [role="main"]';
/** What somebody says of themselves, under such a name. */
export const unlinkedHeadline =
  '.text-body-medium.break-words, .pv-top-card-section__headline, h2.mt1, .pv-top-card-v3--headline, .top-card-layout__headline, .topcard__headline, .top-card__headline, .vcard .headline-title, .vcard .headline, #headline .title';
/** What a card links to of its own subject's pages. */
export const subjectPages =
  'a[href*="/in/"][href*="/overlay/"], a[href*="/in/"][href*="/details/"], a[href*="/in/"][href*="/recent-activity/"]';

/** The current company beside the name: by what the link leads to, by an English label, by the places it stood in. */
export const olderCompany =
  'a[href$="#experience"], a[href$="#experience-section"], [aria-label^="Current company"], .pv-top-card-v2-section__company-name, .pv-top-card--experience-list-item[href*="/company/"], [data-control-name="position_see_more"]';
/** Company and school beside the name, each with its logo, company first. */
export const olderEmployers = 'li button[aria-label]';

/** Jobs: what their section is known by, the entries there, and what in an entry holds a line of text. */
export const experienceAnchors = '#experience-section, #experience, [componentkey*="ExperienceTopLevelSection"]';
export const experienceEntries = 'li, .pv-entity__position-group-pager, [componentkey^="entity-collection-item"]';
export const experienceLines = 'span, h3, h4, p, time';
export const companyLink = 'a[href*="/company/"], a[href*="/school/"], a[href*="/showcase/"]';
/** A company's logo where it has no picture: the name is its label. */
export const drawnLogo = '[role="img"][aria-label]';
/** The company's name in an entry of 2018 to 2021, alone and in a group of roles. */
export const olderEntryCompany = '.pv-entity__secondary-title, .pv-entity__company-summary-info h3 span:last-child';

/** Only the viewer's own profile offers to edit it. */
export const ownProfileLinks = 'a[href*="isSelfProfile=true"], a[href*="/in/"][href*="/edit/"]';
export const ownProfileMarks =
  '[componentkey$="_cover_edit_button"], [data-control-name="edit_top_card"], .pv-top-card--edit, .profile-photo-edit__edit-btn, [data-control-name^="activity_info_manage"]';
/** The viewer in the navigation; the name is the picture's. */
export const viewerPhoto = 'img.global-nav__me-photo, img.nav-item__profile-member-photo';

/** The person's card beside their activity, 2018 to 2025. */
export const activityCard = '#recent-activity-top-card, .pv-recent-activity-top-card';

/** Public (logged-out) pages: since 2017, of 2015 and 2016, of 2014. */
/** What kind of page it is, in LinkedIn's words. */
export const pageKey = 'meta[name="pageKey"]';
export const publicPageKey =
  'meta[name="pageKey"][content*="public_profile"], meta[name="pageKey"][content*="nprofile"][content*="public"]';
export const publicName =
  '.top-card-layout__title, .topcard__title, .top-card__title, #topcard h1.fn, #top-card .full-name';
export const publicHeadline =
  '.top-card-layout__headline, .topcard__headline, .top-card__headline, #topcard .headline, #top-card #headline .title';
/** The current company; a link to its page, or what holds one. */
export const publicCompany =
  '[data-tracking-control-name="public_profile_topcard-current-company"], [data-section="currentPositionsDetails"] a[href*="/company/"], #topcard .extra-info .org, #top-card #overview-summary-current li a';
export const canonical = 'link[rel="canonical"], meta[property="og:url"]';
export const linkedData = 'script[type="application/ld+json"]';

/** A login or a check in the place of any page. */
export const loginWall = ['auth_wall', 'checkpoint', 'login']
  .map((key) => `meta[name="pageKey"][content*="${key}"]`)
  .join(', ');

/** The dialogs that can hold contact details, and what shows that one is a conversation instead. */
export const contactDialogs = '[role="dialog"], dialog[open], .pv-contact-info, .artdeco-modal';
export const contactAddress = 'a[href^="mailto:"]';
export const conversation =
  '[class*="msg-"], [contenteditable="true"], [contenteditable=""], [role="textbox"], textarea, [data-testid*="messag" i]';

/** A message being written. */
export const messageBody = 'div.msg-form__contenteditable[contenteditable="true"]';
/** The same in a window, whose class names are hashed. */
export const windowedBody = 'div[role="textbox"][contenteditable="true"]';
export const messageWindow = '[role="dialog"]';

/** A company's page: its name, and the tabs that name it again. The navigation of the whole site has an h1 as well. */
export const companyHeading = 'h1.org-top-card-summary__title, h1.org-top-card-module__name, .org-top-card h1';
export const companyNames = [companyHeading, '.top-card-layout__title, .topcard__title'];
export const companyMainName = 'h1';
/** Newer pages name the company in a second-level heading among others; those of other companies stand aside. */
export const companySecondHeadings = 'h2';
export const companyAside = 'aside, [role="complementary"], [role="dialog"], dialog, a, li';
export const companyTabs = '.org-page-navigation__items a, [class*="org-page-navigation"] a, .org-top-card a';
export const companyMainTabs = 'nav a';

/** Sales Navigator: a lead. The page's other h1 says only what kind of page it is; beside it stand recommended leads and a side sheet. */
export const leadCards = '[data-sn-view-name="feature-lead-top-card"], #profile-card-section, .profile-topcard';
/** The page's own section, which a side sheet with another lead is not in. */
export const leadSection = '#profile-card-section';
export const leadNames = [
  'h1[data-x--lead--name]',
  'h1[data-anonymize="person-name"]',
  '[data-anonymize="person-name"]',
  '.profile-topcard-person-entity__name',
];
export const leadHeadlines = [
  '[data-x--lead-profile-card--headline]',
  '[data-anonymize="headline"]',
  '.profile-topcard__headline',
  '[data-anonymize="job-title"]',
  '.profile-topcard__summary-position-title',
];
export const leadRole = '[data-sn-view-name="lead-current-role"]';
export const leadCompanies = '[data-anonymize="company-name"], .profile-topcard__summary-position-company';
/** Sales Navigator: an account. */
export const accountCards =
  '[data-sn-view-name="feature-account-top-card"], #account-card-section, .acc-top-card, .account-top-card, .topcard-container';
export const accountNames = '[data-anonymize="company-name"], h1';
/** What is drawn beside a lead or an account, and is somebody else. */
export const salesAside =
  '#inline-sidesheet-outlet, aside, [role="dialog"], [data-sn-view-name*="also-viewed"], [data-sn-view-name*="recommended"], [data-sn-view-name*="message"]';
