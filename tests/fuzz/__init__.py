"""Does anything that strangers write, or moderators put into files, bring the bot down?"""
