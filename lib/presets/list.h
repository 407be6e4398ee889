/* The presets in order of their names, each with one line for people. The brief is NAME.json beside this. */
#ifndef CCI_PRESETS_LIST_H
#define CCI_PRESETS_LIST_H

#define CCI_PRESETS(X) \
    X(advego_order, "Advego: an order for texts, each accepted one paid by the level of its author") \
    X(design99, "99designs: a prize that is paid even where the buyer goes silent") \
    X(feedback_prizes, "Feedback with prizes: the best and the most creative review") \
    X(freelance_contest, "A contest for freelancers: escrow, a fee to begin, a tenth for the agent") \
    X(ge_powering_your_home, "GE, 2011: ideas for homes, votes as advice, five awards by a jury") \
    X(harley_creed, "Harley-Davidson, 2006: a gallery of riders' creeds, nothing to win") \
    X(intel_poptent, "Intel with Poptent, 2010: the brand buys videos, the public votes for fun") \
    X(intel_sl_window, "Intel, 2006: 72 hours of building in Second Life, seen in a shop window") \
    X(kaggle, "Kaggle: two boards, two chosen runs, prizes, points and medals") \
    X(lego_ideas, "LEGO Ideas: 10,000 supporters by milestones, then a review, then 1 % of net sales") \
    X(local_motors_parts, "Local Motors, 2009: a part of a car in four days, chosen by the community") \
    X(local_motors_xc2v, "Local Motors, 2011: a military vehicle, three prizes by community scores") \
    X(muji_monitor, "Muji, 2016: two years in a house, by documents and two interviews") \
    X(my_starbucks_idea, "My Starbucks Idea, 2008: votes of 10 points, the company decides") \
    X(netflix_prize, "Netflix Prize, 2006 to 2009: a million for an error 10 % smaller") \
    X(quirky_2013, "Quirky, 2013: a fee an idea, fifteen votes, a part of sales by influence") \
    X(sailing_anarchy_ft10, "Sailing Anarchy, 2005: a boat from a forum, built from fifty deposits on") \
    X(stackoverflow_bounty, "Stack Overflow: a question, its votes, a bounty and reputation") \
    X(survey_reward, "A survey: a voucher for everybody who answers, a prize for one that is drawn") \
    X(threadless_2007, "Threadless, 2007: the crowd scores T-shirts, the staff prints ten") \
    X(threadless_2014, "Threadless, 2014: as before, for a fifth of the profit") \
    X(threadless_funding, "Threadless, 2014: printed from fifty buyers on, $20,000 for the first") \
    X(topcoder_dr, "Topcoder: reviewed components, Digital Run points, a bonus for reliability")

#endif
